/** One setting that a verdict rests on, as the facts of a scan show it. */
export interface Setting {
  /** What it is a setting of: `of` names it to people, `id` tells it from others of that name. */
  readonly of: string;
  readonly id: string;
  readonly attribute: string;
  /** Null where it could not be read: it is compared with nothing. */
  readonly value: string | null;
}

/** A setting that two scans found to be different. */
export interface Difference {
  readonly of: string;
  readonly attribute: string;
  readonly before: string;
  readonly after: string;
}

export interface Comparison {
  readonly differences: readonly Difference[];
  /** Settings that both scans could read and found to be the same. */
  readonly same: number;
}

const vanished = { before: "There", after: "Gone" } as const;
const appeared = { before: "Not there", after: "There" } as const;

/**
 * What differs between the settings of two scans, in the order of the later one. What only one of them has is one
 * difference, however many settings it has: it is gone, or it is new.
 */
export function compareSettings(before: readonly Setting[], after: readonly Setting[]): Comparison {
  const [then, now] = [keyed(before), keyed(after)];
  const differences: Difference[] = [];
  let same = 0;
  for (const { id, of } of thingsOf(before)) {
    if (!after.some((one) => one.id === id)) differences.push({ of, attribute: "Exists", ...vanished });
  }
  for (const { id, of } of thingsOf(after)) {
    if (!before.some((one) => one.id === id)) differences.push({ of, attribute: "Exists", ...appeared });
  }
  for (const [key, { of, attribute, value }] of now) {
    const earlier = then.get(key)?.value ?? null;
    if (value === null || earlier === null) continue;
    if (value === earlier) same += 1;
    else differences.push({ of, attribute, before: earlier, after: value });
  }
  return { differences, same };
}

function keyed(settings: readonly Setting[]): ReadonlyMap<string, Setting> {
  return new Map(settings.map((setting) => [`${setting.id} ${setting.attribute}`, setting]));
}

function thingsOf(settings: readonly Setting[]): readonly Pick<Setting, "id" | "of">[] {
  return [...new Map(settings.map(({ id, of }) => [id, { id, of }])).values()];
}
