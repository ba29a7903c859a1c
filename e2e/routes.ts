import { readdirSync } from "node:fs";
import { join, sep } from "node:path";

/** What an address of the product is filled in with. */
export interface Ids {
  readonly org: string;
  readonly accountId: string;
  readonly scanNumber: string;
  readonly findingKey: string;
  readonly viewId: string;
}

export interface Route {
  /** `/o/[org]/findings/[key]` */
  readonly pattern: string;
  readonly kind: "page" | "route";
  /** Whether people who are signed out have business there. */
  readonly isPublic: boolean;
}

/** Every page and route handler there is: a new one is in the tests the day it is added. */
export function everyRoute(): Route[] {
  const routes: Route[] = [];
  for (const file of readdirSync("app", { recursive: true, encoding: "utf8" })) {
    const name = file.split(sep).at(-1);
    if (name !== "page.tsx" && name !== "route.ts") continue;
    const segments = file
      .split(sep)
      .slice(0, -1)
      .filter((segment) => !/^\(.*\)$/.test(segment));
    routes.push({
      pattern: `/${join(...["", ...segments])}`.replace("/.", "/"),
      kind: name === "page.tsx" ? "page" : "route",
      isPublic: /\((public|auth)\)/.test(file),
    });
  }
  return routes.sort((a, b) => (a.pattern < b.pattern ? -1 : 1));
}

/** Fills a pattern with ids; throws for a parameter without a known value. */
export function fill(pattern: string, ids: Ids): string {
  return pattern.replace(/\[(\w+)\]/g, (_all, name: string) => {
    if (name === "org") return ids.org;
    if (name === "slug") return "cloudtrail-not-multi-region";
    // Links with a secret, as someone sees them whose link has been used up.
    if (name === "token") return "not-a-valid-token";
    if (name === "checkId") return "cloudtrail.not_multi_region";
    if (name === "key") return ids.findingKey;
    if (name === "number") return ids.scanNumber;
    // Every scan has a first call.
    if (name === "call") return "1";
    if (name === "id" && /^\/(o\/\[org\]|api\/v1)\/(accounts|connect)\/\[id\]/.test(pattern))
      return ids.accountId;
    if (name === "id" && pattern.startsWith("/api/v1/views/")) return ids.viewId;
    // No list names one: an address that nobody has. lib/verification/verification.db.test.ts tries real ones.
    if (name === "id" && pattern.startsWith("/api/v1/verifications/"))
      return "00000000-0000-4000-8000-000000000000";
    throw new Error(`${pattern}: say in e2e/routes.ts what [${name}] is filled with`);
  });
}
