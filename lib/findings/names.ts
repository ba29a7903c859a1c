import { namesOf } from "@/lib/db/system/memberships";
import { tokenNamesOf } from "@/lib/db/system/tokens";
import type { ActorView } from "./timeline-view";
import type { PersonRef } from "./triage-view";

/** The names of those who stand in what is shown, as they are now. */
export interface Names {
  readonly person: (id: string) => PersonRef;
  /** Who acted, from `user:<id>`, `token:<id>` or `system`. */
  readonly actor: (stored: string) => ActorView;
}

/** Reads the names of people, also of those who have left, and of the organization's tokens; behind another door. */
export async function readNames(
  tenantId: string,
  of: { readonly actors: readonly string[]; readonly people?: readonly string[] },
): Promise<Names> {
  const acted = of.actors.map(actorIn);
  const people = new Set(of.people);
  const tokens = new Set<string>();
  for (const { type, id } of acted) if (id !== null) (type === "token" ? tokens : people).add(id);
  const none: ReadonlyMap<string, string> = new Map();
  const [ofPeople, ofTokens] = await Promise.all([
    people.size === 0 ? none : namesOf([...people]),
    tokens.size === 0 ? none : tokenNamesOf(tenantId, [...tokens]),
  ]);
  return {
    person: (id) => ({ id, name: ofPeople.get(id) ?? null }),
    actor: (stored) => {
      const { type, id } = actorIn(stored);
      const names = type === "token" ? ofTokens : ofPeople;
      return { type, id, name: id === null ? null : (names.get(id) ?? null) };
    },
  };
}

/** For those who take one text: a name, or what is known in its place. */
export function actorText({ type, name }: ActorView): string {
  if (type === "system") return "system";
  return name ?? (type === "token" ? "an API token" : "a former member");
}

function actorIn(stored: string): Pick<ActorView, "type" | "id"> {
  const [kind, id] = stored.split(":");
  if (kind === "user" && id) return { type: "person", id };
  return kind === "token" && id ? { type: "token", id } : { type: "system", id: null };
}
