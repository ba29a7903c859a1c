import { readFileSync } from "node:fs";
import type { Permission } from "@/lib/tenancy/permissions";
import { type RawAnswer, rawRequest } from "./raw-request";
import { fill, type Ids } from "./routes";
import { demo } from "./start-product";

/** A server action, as the build knows it and its source says who may call it. */
export interface Action {
  readonly id: string;
  readonly name: string;
  readonly file: string;
  /** A page that has it: `/o/[org]/scans/[number]`. */
  readonly pattern: string;
  readonly kind: "organization" | "person" | "public" | "other";
  /** Of those inside an organization. */
  readonly permission: Permission | null;
}

interface Manifest {
  readonly node: Readonly<
    Record<string, { exportedName: string; filename: string; workers: Readonly<Record<string, unknown>> }>
  >;
}

/** Every action that the built server would run: a new one is in the tests the day it is made. */
export function everyAction(): Action[] {
  const manifest = JSON.parse(
    readFileSync(".next/server/server-reference-manifest.json", "utf8"),
  ) as Manifest;
  const actions = Object.entries(manifest.node).map(
    ([id, { exportedName: name, filename: file, workers }]) => {
      const source = readFileSync(file, "utf8");
      const made = new RegExp(`export const ${name} = (action|personAction|publicAction)\\(`).exec(
        source,
      )?.[1];
      const permission = new RegExp(
        `export const ${name} = action\\(\\s*\\{\\s*permission: "([\\w.]+)"`,
      ).exec(source);
      const kinds = { action: "organization", personAction: "person", publicAction: "public" } as const;
      const [page = ""] = Object.keys(workers);
      return {
        id,
        name,
        file,
        pattern:
          page
            .replace(/^app/, "")
            .replaceAll(/\/\([^/]*\)/g, "")
            .replace(/\/page$/, "") || "/",
        kind: made === undefined ? ("other" as const) : kinds[made as keyof typeof kinds],
        permission: (permission?.[1] as Permission | undefined) ?? null,
      };
    },
  );
  return actions.sort((a, b) => (a.name < b.name ? -1 : 1));
}

export interface ActionAnswer extends RawAnswer {
  /** What the action returned; null when it redirected or nothing was run. */
  readonly result: { readonly ok: boolean; readonly code?: string; readonly value?: unknown } | null;
}

/** Calls an action as the browser's half of the framework does. */
export async function callAction(
  action: Action,
  args: readonly unknown[],
  {
    ids,
    cookie,
    port,
    headers = {},
  }: { ids: Ids; cookie?: string; port?: string; headers?: Record<string, string> },
): Promise<ActionAnswer> {
  const answer = await rawRequest("POST", fill(action.pattern, ids), {
    ...(port === undefined ? {} : { port }),
    headers: {
      accept: "text/x-component",
      "content-type": "text/plain;charset=UTF-8",
      "next-action": action.id,
      origin: demo().url,
      ...(cookie === undefined ? {} : { cookie }),
      ...headers,
    },
    body: JSON.stringify(args),
  });
  const returned = /^1:(\{.*\})$/m.exec(answer.text)?.[1];
  return { ...answer, result: returned === undefined ? null : JSON.parse(returned) };
}

/** The cookies that an answer sets, as the next request sends them. */
export function cookiesOf({ headers }: RawAnswer): string {
  return (headers["set-cookie"] ?? []).map((line) => line.split(";")[0]).join("; ");
}
