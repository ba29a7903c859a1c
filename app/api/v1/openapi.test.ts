import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import {
  accountStatuses,
  connectionTestStatuses,
  connectStepStates,
  connectSteps,
  environments,
} from "@/lib/accounts/account-states";
import { checks } from "@/lib/checks/registry";
import { assurances, partitions, readOutcomes, severities, verdicts } from "@/lib/checks/words";
import { decisionKinds, figureUnits, trendIds } from "@/lib/dashboard/dashboard-states";
import { appErrorCodes } from "@/lib/errors";
import { skipReasons } from "@/lib/findings/bulk-states";
import { causes } from "@/lib/findings/cause-states";
import { guardIds } from "@/lib/findings/lifecycle/guards";
import {
  findingEventKinds,
  findingStatuses,
  observations,
  targetStatuses,
} from "@/lib/findings/lifecycle/states";
import { claimFilters, findingGroups, findingSorts } from "@/lib/findings/list-states";
import { looksEndings } from "@/lib/findings/looks-states";
import { priorities } from "@/lib/findings/priority-states";
import { actorTypes, commentVisibilities } from "@/lib/findings/timeline-states";
import { scanStatuses, scanTriggers } from "@/lib/scans/scan-states";
import { cellStates } from "@/lib/snapshots/coverage-states";
import { permissions, roles } from "@/lib/tenancy/permissions";
import {
  inheritanceStates,
  keyReasons,
  keyRegionStates,
  keyStates,
  proofLevels,
  verificationStatuses,
  verificationTriggers,
} from "@/lib/verification/verification-states";
import type { Words } from "@/lib/words";
import { methodsAt } from "./methods";
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

type Json = Record<string, unknown>;

/** Properties and parameters that hold a word with a fixed set, wherever they stand. */
const wordNames = [
  "assurance",
  "environment",
  "kind",
  "level",
  "observation",
  "ending",
  "outcome",
  "partition",
  "role",
  "severity",
  "priority",
  "reachedAssurance",
  "requiredAssurance",
  "state",
  "status",
  "trigger",
  "verdict",
  "visibility",
];

/** `queued, running or failed`: a set told in prose instead of an enum. */
function looksLikeList({ description }: Json): boolean {
  return typeof description === "string" && /^\w+(, \w+)* or \w+$/.test(description);
}

/** Every property of every schema and every parameter, with the name it has there. */
function* namedSchemas(value: unknown, at = ""): Generator<{ at: string; name: string; schema: Json }> {
  if (typeof value !== "object" || value === null) return;
  const { properties, name, schema } = value as { properties?: Json; name?: unknown; schema?: Json };
  for (const [property, held] of Object.entries(properties ?? {}))
    yield { at: `${at}/${property}`, name: property, schema: held as Json };
  if (typeof name === "string" && schema !== undefined) yield { at: `${at}/${name}`, name, schema };
  for (const [key, held] of Object.entries(value)) yield* namedSchemas(held, `${at}/${key}`);
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

  it("knows the methods of every endpoint, for who asks with another", () => {
    for (const { path, method } of operations as readonly Operation[]) {
      const allowed = methodsAt(`/api/v1${path.replaceAll(/\{\w+\}/g, "x")}`);
      expect([path, allowed]).toEqual([path, expect.arrayContaining([method, "OPTIONS"])]);
      expect([path, allowed?.includes("PUT")]).toEqual([path, false]);
    }
    expect(methodsAt("/api/v1/findings/PST-1/looks")).toEqual(["DELETE", "OPTIONS", "POST"]);
    expect(methodsAt("/api/v1/openapi.json")).toEqual(["GET", "HEAD", "OPTIONS"]);
    expect(methodsAt("/api/v1/openapi-json")).toBeNull();
    expect(methodsAt("/api/v1/findings/a/b/c")).toBeNull();
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
        "Actor",
        "BulkResult",
        "Call",
        "Comment",
        "Connection",
        "ConnectionTest",
        "Dashboard",
        "Decision",
        "Evaluation",
        "Finding",
        "FindingDetail",
        "FindingEvent",
        "KeyRegion",
        "Looks",
        "Member",
        "MovedFinding",
        "Problem",
        "Receipt",
        "Scan",
        "ScanDetail",
        "Trend",
        "Triage",
        "Verification",
        "View",
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

  it("gives every word with a fixed set as an enum, from the set that the code and the database hold", () => {
    const enums = new Map<string, Set<string>>();
    const plain: string[] = [];
    for (const { at, name, schema } of namedSchemas(document)) {
      const one = schema.type === "array" && schema.items ? (schema.items as Json) : schema;
      const options = [one, ...((one.anyOf as Json[] | undefined) ?? [])];
      const values = options.find((option) => Array.isArray(option.enum))?.enum as string[] | undefined;
      if (values) enums.set(name, (enums.get(name) ?? new Set()).add(values.join()));
      else if (
        options.some((option) => option.type === "string" && option.const === undefined) &&
        (wordNames.includes(name) || looksLikeList(schema))
      )
        plain.push(at);
    }
    expect(plain).toEqual([]);
    expect([...enums.keys()].sort()).toEqual(
      [
        ...wordNames,
        "id",
        "code",
        "to",
        "group",
        "sort",
        "claim",
        "checkId",
        "cause",
        "reason",
        "action",
        "type",
        "unit",
      ].sort(),
    );
    const sets = (name: string) => [...(enums.get(name) ?? [])].sort();
    const joined = (...words: Words<string>[]) => words.map(({ values }) => values.join()).sort();
    expect(sets("status")).toEqual(
      joined(accountStatuses, connectionTestStatuses, scanStatuses, findingStatuses, verificationStatuses),
    );
    expect(sets("partition")).toEqual(joined(partitions));
    expect(sets("environment")).toEqual(joined(environments));
    expect(sets("observation")).toEqual(joined(observations));
    expect(sets("severity")).toEqual(joined(severities));
    expect(sets("priority")).toEqual(joined(priorities));
    expect(sets("verdict")).toEqual(joined(verdicts));
    expect(sets("assurance")).toEqual(joined(assurances));
    expect(sets("role")).toEqual(joined(roles));
    expect(sets("trigger")).toEqual(joined(scanTriggers, verificationTriggers));
    expect(sets("outcome")).toEqual(joined(readOutcomes));
    expect(sets("kind")).toEqual(joined(findingEventKinds, decisionKinds));
    expect(sets("ending")).toEqual(joined(looksEndings));
    expect(sets("state")).toEqual(
      joined(connectStepStates, cellStates, keyStates, keyRegionStates, inheritanceStates),
    );
    expect(sets("id")).toEqual(joined(connectSteps, guardIds, trendIds));
    expect(sets("group")).toEqual(joined(findingGroups));
    expect(sets("sort")).toEqual(joined(findingSorts));
    expect(sets("claim")).toEqual(joined(claimFilters));
    expect(sets("checkId")).toEqual([checks.map(({ id }) => id).join()]);
    expect(sets("cause")).toEqual([causes.map(({ id }) => id).join()]);
    expect(sets("reason")).toEqual(joined(skipReasons, keyReasons));
    for (const name of ["level", "requiredAssurance", "reachedAssurance"])
      expect(sets(name)).toEqual(joined(proofLevels));
    expect(sets("action")).toEqual(["watch,unwatch"]);
    expect(sets("to")).toEqual(joined(targetStatuses));
    expect(sets("visibility")).toEqual(joined(commentVisibilities));
    expect(sets("type")).toEqual(joined(actorTypes));
    expect(sets("unit")).toEqual(joined(figureUnits));
    expect(sets("code")).toEqual([[...appErrorCodes, "unexpected"].join()]);
  });

  it("has only patterns that generators of other languages understand", () => {
    const patterns = [...namedSchemas(document)].flatMap(({ at, schema }) =>
      [schema, ...((schema.anyOf as Json[] | undefined) ?? [])].map(({ pattern }) => ({ at, pattern })),
    );
    const given = patterns.filter(({ pattern }) => pattern !== undefined);
    expect(given.length).toBeGreaterThan(10);
    for (const { at, pattern } of given) {
      expect([at, /\\[pP]\{|\(\?<|\\u\{/.test(String(pattern))]).toEqual([at, false]);
      expect(() => new RegExp(String(pattern)), at).not.toThrow();
      // Browsers read the pattern of a field in this mode.
      expect(() => new RegExp(String(pattern), "v"), at).not.toThrow();
    }
  });

  it("says of every text that it takes that it may not hold a NUL", () => {
    const paths = document.paths as Record<string, Record<string, Json>>;
    const asked = Object.values(paths).flatMap((methods) =>
      Object.values(methods).flatMap(({ parameters, requestBody }) => [parameters, requestBody]),
    );
    for (const { at, schema } of namedSchemas(asked)) {
      if (schema.type !== "string" || schema.enum !== undefined || schema.const !== undefined) continue;
      expect([at, new RegExp(String(schema.pattern)).test("a\0")]).toEqual([at, false]);
    }
  });

  it("documents the Idempotency-Key of every mutation, and of nothing else", () => {
    type Answer = { headers?: Json; description: string };
    const paths = document.paths as Record<
      string,
      Record<string, { parameters: Json[]; responses: Record<string, Answer> }>
    >;
    for (const [path, methodsOfPath] of Object.entries(paths)) {
      for (const [method, { parameters, responses }] of Object.entries(methodsOfPath)) {
        const at = `${method} ${path}`;
        const isMutation = method !== "get";
        const header = parameters.find((parameter) => parameter.name === "Idempotency-Key");
        expect([at, header?.in]).toEqual([at, isMutation ? "header" : undefined]);
        const replayed = Object.entries(responses)
          .filter(([, { headers = {} }]) => "Idempotency-Replayed" in headers)
          .map(([status]) => status);
        const kept = Object.keys(responses).filter((status) => /^2..|409|422/.test(status));
        expect([at, replayed]).toEqual([at, isMutation ? kept : []]);
        expect([at, "400" in responses]).toEqual([at, isMutation]);
        if (isMutation)
          expect(responses["409"]?.description).toMatch(/idempotency_key_reused or idempotency_in_progress/);
      }
    }
  });

  it("gives no secret in the answer of a mutation: it is kept for its key", () => {
    for (const { operationId, method, response } of operations as readonly Operation[]) {
      if (method === "GET" || response === undefined) continue;
      const names = [...namedSchemas(z.toJSONSchema(response, { unrepresentable: "any" }))].map(
        ({ name }) => name,
      );
      expect([
        operationId,
        names.filter((name) => /token|secret|password|credential|private/i.test(name)),
      ]).toEqual([operationId, []]);
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
