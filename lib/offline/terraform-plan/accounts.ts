import type { PlannedTrail, TrailState } from "./planned-trail";

/** The trails of one account, as far as the plan shows which account they are in. */
export interface PlannedAccount {
  /** The provider blocks that reach it. */
  readonly identity: string;
  readonly accountId: string | null;
  readonly trails: readonly PlannedTrail[];
}

/** Trails by account. Those of different identities are kept apart, also where they might share an account. */
export function accountsOf(trails: readonly PlannedTrail[]): readonly PlannedAccount[] {
  const groups = new Map<string, { accountId: string | null; trails: PlannedTrail[] }>();
  for (const trail of trails) {
    for (const [key, accountId, part] of placesOf(trail)) {
      const group = groups.get(key) ?? { accountId, trails: [] };
      group.trails.push(part);
      groups.set(key, group);
    }
  }
  return [...groups.values()].map((group) => ({ ...group, identity: namesOf(group.trails) }));
}

/** Whether these may be one account although the plan does not say so. */
export function mayBeOne(one: PlannedAccount, other: PlannedAccount): boolean {
  if (one.accountId !== null && other.accountId !== null) return false;
  // A role is assumed to reach another account than that of the credentials which assume it.
  return !(reachedByRole(one) && isAmbient(other)) && !(reachedByRole(other) && isAmbient(one));
}

function reachedByRole({ trails }: PlannedAccount): boolean {
  return trails.every(({ identity }) => identity.kind === "role");
}

function isAmbient({ accountId, trails }: PlannedAccount): boolean {
  return accountId === null && trails.every(({ identity }) => identity.kind === "ambient");
}

type Place = readonly [key: string, accountId: string | null, part: PlannedTrail];

/** A trail that the plan moves to another account is gone from the one and new in the other. */
function placesOf(trail: PlannedTrail): readonly Place[] {
  const place = (state: TrailState, part: PlannedTrail): Place => [
    state.account === null ? trail.identity.key : `account ${state.account}`,
    state.account,
    part,
  ];
  const { before, after } = trail;
  if (before !== null && after !== null && before.account !== after.account) {
    return [place(before, { ...trail, after: null }), place(after, { ...trail, before: null })];
  }
  const state = after ?? before;
  return state === null ? [] : [place(state, trail)];
}

/** Trails whose block is gone add nothing where others name the provider. */
function namesOf(trails: readonly PlannedTrail[]): string {
  const known = trails.filter(({ identity }) => identity.kind !== "unknown");
  const named = known.length > 0 ? known : trails;
  return [...new Set(named.map(({ identity }) => identity.name))].sort().join(", ");
}
