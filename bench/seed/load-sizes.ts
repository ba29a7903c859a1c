import { checks } from "@/lib/checks/registry";

/** How much a filled installation holds. */
export interface LoadSizes {
  readonly organizations: number;
  readonly accounts: number;
  /** Accounts with a schedule, spread evenly over the organizations. */
  readonly scheduled: number;
  readonly findings: number;
  /** Of the first organization, the largest. */
  readonly largeAccounts: number;
  readonly largeFindings: number;
  /** Of the second, with which the largest is compared. */
  readonly mediumFindings: number;
  /** Organizations that have snapshots: the first ones. */
  readonly withSnapshots: number;
  readonly days: number;
  /** What every id, name and state is made from. */
  readonly seed: string;
}

/** An organization to be made. */
export interface PlannedOrganization {
  /** Counts from 1. */
  readonly number: number;
  readonly slug: string;
  readonly accounts: number;
  readonly scheduled: number;
  readonly findings: number;
  readonly members: number;
  /** Days of snapshots up to yesterday; 0 for none. */
  readonly days: number;
  /** Accounts of the organizations before it: their AWS numbers are unique. */
  readonly before: number;
}

export const fullSize: LoadSizes = {
  organizations: 1_000,
  accounts: 335_000,
  scheduled: 10_000,
  findings: 1_000_000,
  largeAccounts: 33_334,
  largeFindings: 100_000,
  mediumFindings: 10_000,
  withSnapshots: 100,
  days: 90,
  seed: "load",
};

/** The sizes that are given; the others are the full ones, or their share of what is given. Throws for what cannot be. */
export function sizesOf(given: Partial<LoadSizes>): LoadSizes {
  const organizations = given.organizations ?? fullSize.organizations;
  const accounts = given.accounts ?? fullSize.accounts;
  const share = (name: "scheduled" | "findings" | "largeAccounts") =>
    given[name] ?? Math.floor((fullSize[name] * accounts) / fullSize.accounts);
  const findings = share("findings");
  // Every finding of their accounts, when they are but a share.
  const ofFindings = (name: "largeFindings" | "mediumFindings") => {
    const part = (fullSize[name] * findings) / fullSize.findings;
    return given[name] ?? (part === fullSize[name] ? part : checks.length * Math.floor(part / checks.length));
  };
  const sizes: LoadSizes = {
    organizations,
    accounts,
    scheduled: share("scheduled"),
    findings,
    largeAccounts: share("largeAccounts"),
    largeFindings: ofFindings("largeFindings"),
    mediumFindings: ofFindings("mediumFindings"),
    withSnapshots: given.withSnapshots ?? Math.ceil(organizations / 10),
    days: given.days ?? fullSize.days,
    seed: given.seed ?? fullSize.seed,
  };
  for (const [name, value] of Object.entries(sizes)) {
    if (typeof value === "number" && !(Number.isInteger(value) && value >= 0)) {
      throw new RangeError(`${name} is not a whole number.`);
    }
  }
  const tooMany = planOf(sizes).find((one) => one.findings > one.accounts * checks.length);
  if (organizations < 1 || tooMany || planOf(sizes).some((one) => one.accounts < 0 || one.findings < 0)) {
    throw new RangeError(
      `${tooMany?.slug ?? "An organization"} would have ${tooMany?.findings ?? "fewer than no"} findings of ${tooMany?.accounts ?? "its"} accounts: an account has one of each of ${checks.length} checks.`,
    );
  }
  return sizes;
}

/** The organizations: a large one, one of medium size, and the rest with as many accounts as each other. */
export function planOf(sizes: LoadSizes): PlannedOrganization[] {
  const accounts = divided(sizes.accounts, sizes.organizations, [
    sizes.largeAccounts,
    Math.ceil(sizes.mediumFindings / checks.length),
  ]);
  const findings = divided(sizes.findings, sizes.organizations, [sizes.largeFindings, sizes.mediumFindings]);
  let before = 0;
  const scheduledOf = (upTo: number) => Math.round((sizes.scheduled * upTo) / Math.max(1, sizes.accounts));
  return accounts.map((count, index) => {
    const planned = {
      number: index + 1,
      slug: `load-${String(index + 1).padStart(4, "0")}`,
      accounts: count,
      scheduled: scheduledOf(before + count) - scheduledOf(before),
      findings: findings[index] ?? 0,
      members: Math.min(12, 2 + Math.floor(count / 200)),
      days: index < sizes.withSnapshots ? sizes.days : 0,
      before,
    };
    before += count;
    return planned;
  });
}

/** The first parts as given, the rest in equal ones; the last part takes what is left when there are fewer. */
function divided(total: number, parts: number, first: readonly number[]): number[] {
  const given = first.slice(0, Math.max(0, parts - 1));
  const rest = total - given.reduce((sum, one) => sum + one, 0);
  const others = parts - given.length;
  const upTo = (count: number) => Math.floor((rest * count) / others);
  return [...given, ...Array.from({ length: others }, (_, index) => upTo(index + 1) - upTo(index))];
}
