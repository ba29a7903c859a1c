import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { permissions } from "@/lib/tenancy/permissions";
import { openApiDocument } from "./openapi";
import type { ApiHandler, Operation } from "./operation";
import { operations } from "./operations";

const here = fileURLToPath(new URL(".", import.meta.url));
const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;

const routeFiles = readdirSync(here, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith("route.ts") && !file.startsWith("openapi.json"))
  .map((file) => join(here, file));

function pathOf(file: string): string {
  return `/${relative(here, file)
    .replace(/\/route\.ts$/, "")
    .replaceAll("[", "{")
    .replaceAll("]", "}")}`;
}

describe("the API", () => {
  it("serves exactly the documented operations, each at its own path and method", async () => {
    const served: Operation[] = [];
    for (const file of routeFiles) {
      const exported = (await import(file)) as Record<string, ApiHandler | undefined>;
      for (const method of methods) {
        const handler = exported[method];
        if (handler === undefined) continue;
        expect([file, handler.operation?.method, handler.operation?.path]).toEqual([
          file,
          method,
          pathOf(file),
        ]);
        served.push(handler.operation);
      }
    }
    const ids = (list: readonly Operation[]) => list.map(({ operationId }) => operationId).sort();
    expect(ids(served)).toEqual(ids(operations as readonly Operation[]));
  });

  it("asks of every operation a permission that a token can have", () => {
    for (const { operationId, permission } of operations) {
      expect([operationId, permissions[permission].scope]).not.toEqual([operationId, null]);
    }
  });

  it("has route files that are adapters: no database, no logic of their own", () => {
    for (const file of routeFiles) {
      const text = readFileSync(file, "utf8");
      expect([file, /@\/lib\/db\/|withTenant/.test(text)]).toEqual([file, false]);
      expect([file, text.split("\n").length < 45]).toEqual([file, true]);
    }
  });
});

describe("the OpenAPI document", () => {
  const document = openApiDocument("https://posturio.example");

  it("refers only to schemas that it holds", () => {
    const text = JSON.stringify(document);
    const schemas = (document.components as { schemas: Record<string, unknown> }).schemas;
    for (const [, name] of text.matchAll(/"#\/components\/schemas\/(\w+)"/g))
      expect(Object.keys(schemas)).toContain(name);
    expect(text).not.toContain("#/$defs/");
    expect(Object.keys(schemas).sort()).toEqual(
      [
        "Account",
        "Connection",
        "ConnectionTest",
        "Evaluation",
        "Finding",
        "FindingDetail",
        "Problem",
        "Scan",
        "ScanDetail",
      ].sort(),
    );
  });

  it("names every parameter of a path", () => {
    for (const [path, methodsOfPath] of Object.entries(
      document.paths as Record<string, Record<string, { parameters: { in: string; name: string }[] }>>,
    )) {
      const wanted = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
      for (const { parameters } of Object.values(methodsOfPath)) {
        expect(parameters.filter((parameter) => parameter.in === "path").map(({ name }) => name)).toEqual(
          wanted,
        );
      }
    }
  });

  it("documents the refusals of every operation", () => {
    for (const path of Object.values(
      document.paths as Record<string, Record<string, { responses: Record<string, unknown> }>>,
    )) {
      for (const { responses } of Object.values(path)) {
        expect(Object.keys(responses)).toEqual(expect.arrayContaining(["401", "403", "429"]));
      }
    }
  });
});
