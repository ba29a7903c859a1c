import type { Assurance, Severity } from "@/lib/checks/evaluation";
import type { FindingStatus, Observation } from "@/lib/findings/lifecycle/states";

/** What a row of a list of findings shows. What most rows are is said by leaving it out. */
export interface ShownFinding {
  /** Its key, or its id while it has none: the end of its address. */
  readonly id: string;
  readonly words: string;
  readonly account: string;
  readonly number: string;
  readonly environment: string;
  readonly severity?: Severity;
  readonly since?: string;
  readonly lasts?: string;
  readonly due?: string;
  readonly left?: string;
  readonly urgency?: "over" | "soon";
  readonly owner?: string;
  readonly isBack?: true;
  /** It calls for work, and nobody owns it. */
  readonly isUnassigned?: true;
  /** Absent while it fails. */
  readonly observation?: Exclude<Observation, "failing">;
  readonly assurance?: Assurance;
  /** Where it says more than the last scan. */
  readonly status?: FindingStatus;
  /** `17 Regions`, where the words do not say it. */
  readonly regions?: string;
  readonly hasNoKey?: true;
  /** The words are those of an older verdict. */
  readonly isUnconfirmed?: true;
  readonly standing?: "disconnected" | "unreachable";
  /** Said where the verdict is not today's. */
  readonly decidedAt?: string;
  /** Older than the account's schedule allows. */
  readonly isStale?: true;
}

/** The values of a row in the order of `names`, as far as there are any: 0 is none and 1 is true. */
export type PackedFinding = readonly (string | 0 | 1)[];

/** What few rows have is last. */
const names = Object.keys({
  id: true,
  words: true,
  account: true,
  number: true,
  environment: true,
  severity: true,
  since: true,
  lasts: true,
  due: true,
  left: true,
  urgency: true,
  owner: true,
  isBack: true,
  isUnassigned: true,
  regions: true,
  observation: true,
  assurance: true,
  status: true,
  decidedAt: true,
  isStale: true,
  isUnconfirmed: true,
  standing: true,
  hasNoKey: true,
} satisfies Record<keyof ShownFinding, true>) as readonly (keyof ShownFinding)[];

/** Leaves out the names, which are half of what a page sends of its rows. */
export function packFinding(row: ShownFinding): PackedFinding {
  const values = names.map((name) => {
    const value = row[name];
    return value === undefined ? 0 : value === true ? 1 : value;
  });
  return values.slice(0, values.findLastIndex((value) => value !== 0) + 1);
}

export function unpackFinding(packed: PackedFinding): ShownFinding {
  const entries = packed.map((value, place) => [names[place], value === 1 ? true : value] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== 0)) as unknown as ShownFinding;
}
