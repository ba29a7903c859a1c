import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { environmentTable } from "@/lib/env";

interface Service {
  readonly environment?: Readonly<Record<string, string>>;
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly cap_add?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly mem_limit?: string;
  readonly pids_limit?: number;
  readonly logging?: { readonly options: Readonly<Record<string, string>> };
  readonly networks?: readonly string[];
  readonly network_mode?: string;
  readonly ports?: readonly string[];
}

const text = readFileSync("docker-compose.yml", "utf8");
const { services } = parse(text, { merge: true }) as { services: Record<string, Service> };
const example = readFileSync(".env.example", "utf8");
const operations = readFileSync("docs/operations.md", "utf8");

/** Not an operator's to set here, and why. */
const notSettable = new Map([
  ["POSTURIO_DEMO", "compose never shows a demo"],
  ["NODE_ENV", "compose serves people"],
  ["REDIS_URL", "composed from REDIS_PASSWORD"],
  ["NEXTAUTH_URL", "composed from POSTURIO_URL"],
  ["PORT", "PORT of .env is the port of the machine; inside, web listens on 3000"],
  ["HOSTNAME", "web listens on every address of its container"],
  ["POSTURIO_ALIVE_FILE", "the health check looks where compose says"],
]);

const settable = environmentTable()
  .map(({ name }) => name)
  .filter((name) => !name.startsWith("DATABASE_") && !notSettable.has(name));

test.each(settable)("%s of .env reaches the process that reads it", (name) => {
  const readers = ["web", "worker"].filter((service) => services[service]?.environment?.[name] !== undefined);
  expect(readers, "docker-compose.yml").not.toEqual([]);
  for (const service of readers) {
    expect(services[service]?.environment?.[name], service).toMatch(
      new RegExp(`^\\$\\{${name}(:[-?].*)?\\}$`),
    );
  }
});

test.each(environmentTable().filter(({ name }) => name.startsWith("DATABASE_")))(
  "$name is composed for somebody",
  ({ name }) => {
    const given = Object.values(services).filter(({ environment }) => environment?.[name] !== undefined);
    expect(given).not.toEqual([]);
  },
);

test("each setting of .env is one line of .env.example, and stands in docs/operations.md", () => {
  const read = new Set([...text.matchAll(/(?<!\$)\$\{(\w+)/g)].map(([, name]) => name ?? ""));
  for (const name of [...read, "COMPOSE_PROFILES"]) {
    expect(example, ".env.example").toMatch(new RegExp(`^#?${name}=`, "m"));
    expect(operations, "docs/operations.md").toContain(`\`${name}\``);
  }
  const offered = [...example.matchAll(/^#?([A-Z_]+)=/gm)].map(([, name]) => name ?? "");
  expect(offered.filter((name) => name !== "COMPOSE_PROFILES" && !read.has(name))).toEqual([]);
});

describe.each(Object.entries(services))("%s", (name, service) => {
  test("is confined, and its memory, processes and log are limited", () => {
    expect(service).toMatchObject({
      read_only: true,
      cap_drop: ["ALL"],
      security_opt: ["no-new-privileges:true"],
      mem_limit: expect.any(String),
      pids_limit: expect.any(Number),
      logging: { options: { "max-size": expect.any(String), "max-file": expect.any(String) } },
    });
    expect(service.cap_add).toBeUndefined();
    expect(service.network_mode).toBeUndefined();
  });

  test("is published on this machine alone, if at all", () => {
    for (const port of service.ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:/);
  });

  test("is on the networks it needs", () => {
    const needs: Record<string, readonly string[]> = {
      postgres: ["data"],
      redis: ["data"],
      migrate: ["data"],
      web: ["data", "front"],
      worker: ["data", "aws"],
      sandbox: ["aws"],
    };
    expect(service.networks).toEqual(needs[name]);
  });
});

test("only the worker gets an AWS identity, and only migrate knows owner and superuser", () => {
  for (const [name, { environment = {} }] of Object.entries(services)) {
    const given = Object.keys(environment);
    if (name !== "worker") expect(given.filter((key) => key.startsWith("AWS_"))).toEqual([]);
    if (name !== "migrate") {
      expect(given).not.toContain("DATABASE_OWNER_URL");
      expect(given).not.toContain("DATABASE_ADMIN_URL");
    }
  }
});
