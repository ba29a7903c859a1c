import { z } from "zod";
import { toHttpStatus } from "@/lib/errors";
import { idempotencyKeyPattern } from "@/lib/http/idempotency-key";
import { problemMediaType, problemSchema } from "@/lib/http/problem";
import { permissions } from "@/lib/tenancy/permissions";
import { isMutation, type Operation } from "./operation";
import { operations } from "./operations";

type Json = Record<string, unknown>;

/** JSON schema of `schema`; schemas with an id go to `components` and are referred to. */
function jsonSchema(schema: z.ZodType, io: "input" | "output", components: Json): Json {
  const wrapped = z.toJSONSchema(z.object({ root: schema }), { io, unrepresentable: "any" }) as unknown as {
    properties: { root: Json };
    $defs?: Json;
  };
  const rewrite = (value: unknown): Json =>
    JSON.parse(JSON.stringify(value).replaceAll('"#/$defs/', '"#/components/schemas/')) as Json;
  for (const [name, definition] of Object.entries(wrapped.$defs ?? {})) {
    const { id: _id, ...rest } = rewrite(definition);
    components[name] = rest;
  }
  const root = rewrite(wrapped.properties.root);
  return io === "input" ? (withoutNul(root) as Json) : root;
}

/** Says of every free text what parse() refuses in it. */
function withoutNul(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(withoutNul);
  const schema = Object.fromEntries(Object.entries(value).map(([name, held]) => [name, withoutNul(held)]));
  const isFree =
    schema.type === "string" && !["pattern", "format", "enum", "const"].some((key) => key in schema);
  return isFree ? { ...schema, pattern: "^[^\\u0000]*$" } : schema;
}

function parameters(operation: Operation, components: Json): Json[] {
  const of = (where: "path" | "query", schema: z.ZodType | undefined) => {
    if (schema === undefined) return [];
    const { properties = {}, required = [] } = jsonSchema(schema, "input", components) as {
      properties?: Record<string, Json>;
      required?: string[];
    };
    return Object.entries(properties).map(([name, { description, ...rest }]) => ({
      name,
      in: where,
      required: where === "path" || required.includes(name),
      ...(description === undefined ? {} : { description }),
      // Several values of one name have commas between them.
      ...(rest.type === "array" ? { style: "form", explode: false } : {}),
      schema: rest,
    }));
  };
  return [
    ...of("path", operation.params),
    ...of("query", operation.query),
    ...(isMutation(operation) ? [idempotencyKey] : []),
  ];
}

const idempotencyKey = {
  name: "Idempotency-Key",
  in: "header",
  required: false,
  description:
    "Makes it safe to send the request again, for 24 hours: it is performed once, and the same request with the same key gets the first answer. Use a new one, such as a UUID, for each request that you mean",
  schema: { type: "string", minLength: 1, maxLength: 255, pattern: idempotencyKeyPattern },
};

const replayed = {
  "Idempotency-Replayed": {
    description: "The first answer again: nothing has happened a second time",
    schema: { type: "string", enum: ["true"] },
  },
};

const retryAfter = {
  "Retry-After": {
    description: "Seconds to wait before the next try",
    schema: { type: "integer", minimum: 1 },
  },
};

/** Headers of an answer with this status. */
function headersOf(operation: Operation, status: number): Json {
  const mayBeReplayed = isMutation(operation) && (status < 300 || status === 409 || status === 422);
  const mayAskToWait = status === 429 || status === 503 || (status === 409 && isMutation(operation));
  const headers = { ...(mayBeReplayed ? replayed : {}), ...(mayAskToWait ? retryAfter : {}) };
  return Object.keys(headers).length === 0 ? {} : { headers };
}

function responses(operation: Operation, components: Json): Json {
  const good: Json = {
    description: operation.response === undefined ? "Done" : operation.summary,
    ...headersOf(operation, operation.status ?? 200),
  };
  if (operation.response !== undefined) {
    good.content = { "application/json": { schema: jsonSchema(operation.response, "output", components) } };
  }
  const byStatus = new Map<number, string[]>();
  const always = ["unauthenticated", "forbidden", "rate_limited", "unavailable"] as const;
  const withKey = isMutation(operation) ? keyProblems : [];
  for (const code of [...operation.problems, ...withKey, ...always]) {
    const status = toHttpStatus(code);
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  if (isMutation(operation)) byStatus.set(400, ["invalid_input: the Idempotency-Key is none"]);
  const problems = [...byStatus].map(([status, codes]) => [
    String(status),
    {
      description: codes.join(" or "),
      ...headersOf(operation, status),
      content: { [problemMediaType]: { schema: { $ref: "#/components/schemas/Problem" } } },
    },
  ]);
  const success = operation.status === null ? {} : { [String(operation.status)]: good };
  return { ...success, ...Object.fromEntries(problems) };
}

const keyProblems = ["idempotency_key_reused", "idempotency_in_progress"] as const;

/** The OpenAPI 3.1 document, made from the schemas that the endpoints enforce. */
export function openApiDocument(serverUrl: string): Json {
  const components: Json = {};
  components.Problem = jsonSchema(problemSchema, "output", components);
  const paths: Record<string, Json> = {};
  for (const operation of operations as readonly Operation[]) {
    const body = operation.body;
    paths[operation.path] ??= {};
    const path = paths[operation.path] as Json;
    path[operation.method.toLowerCase()] = {
      operationId: operation.operationId,
      summary: operation.summary,
      tags: [operation.tag],
      description: `Scope: ${permissions[operation.permission].scope}`,
      security: [{ token: [] }],
      parameters: parameters(operation, components),
      ...(body === undefined
        ? {}
        : {
            requestBody: {
              required: true,
              content: { "application/json": { schema: jsonSchema(body, "input", components) } },
            },
          }),
      responses: responses(operation, components),
    };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Posturio API",
      version: "1",
      license: { name: "All rights reserved" },
      description:
        "AWS accounts, scans and findings of one organization: the one the token belongs to. Errors are RFC 9457 problems.",
    },
    servers: [{ url: `${serverUrl}/api/v1` }],
    paths,
    components: {
      schemas: components,
      securitySchemes: {
        token: { type: "http", scheme: "bearer", description: "An API token, pst_live_…, from the settings" },
      },
    },
  };
}
