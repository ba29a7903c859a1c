import type { Environment } from "@/lib/accounts/account-states";
import type { Severity } from "@/lib/checks/evaluation";
import type { Receipt, ReceiptLine } from "./receipt";

/** What the score of a failing finding is made of. Nobody's work on it is in here: that never changes how urgent it is. */
export interface ScoreInputs {
  readonly severity: Severity | null;
  /**
   * Enabled Regions and the blind ones of them; null for a check of the whole account. `active`: those in which
   * something was seen to happen within 30 days; null when nobody looked.
   */
  readonly regions: (RegionShare & { readonly active: RegionShare | null }) | null;
  readonly environment: Environment;
  /** Days since the time to fix it began and days in all, on the organization's calendar. */
  readonly sla: {
    readonly from: string;
    readonly dueAt: string | null;
    readonly elapsedDays: number;
    readonly days: number;
    readonly isOverdue: boolean;
  };
  readonly comebacks: number;
  /** Something looks as if it worked and does not; null for a check that cannot tell. */
  readonly isSilent: boolean | null;
}

interface RegionShare {
  readonly blind: number;
  readonly enabled: number;
}

const severityPoints: Readonly<Record<Severity, number>> = { CRITICAL: 40, HIGH: 30, MEDIUM: 20, LOW: 10 };

/** What the formula does not name counts as staging: that an account matters least is said by nothing but Sandbox. */
const environmentPoints: Readonly<Record<Environment, number>> = {
  "log-archive": 15,
  management: 15,
  production: 10,
  staging: 4,
  development: 4,
  other: 4,
  sandbox: 0,
};

/** A Region in which something happens weighs as much as three in which nothing was seen. */
const activeWeight = 3;

/** The lowest score of each band. */
const bands = [70, 50, 30, 0] as const;

/**
 * The score of a failing finding with the lines it adds up from, version 1 of the formula. Pure. Whatever gets worse
 * raises it or leaves it. An input or a weight that changes what equal inputs add up to is another version.
 */
export function scoreOf(inputs: ScoreInputs): Receipt {
  const { severity, regions, environment, comebacks, isSilent } = inputs;
  const { from, dueAt, isOverdue } = inputs.sla;
  const lines: ReceiptLine[] = [
    { id: "severity", points: severity === null ? 0 : severityPoints[severity], severity },
    ...(regions === null ? [] : [{ id: "blind" as const, points: blindPoints(regions), ...regions }]),
    { id: "environment", points: environmentPoints[environment], environment },
    { id: "sla", points: slaPoints(inputs.sla), from, dueAt, isOverdue },
    { id: "recurrence", points: Math.min(12, 4 * comebacks), comebacks },
    ...(isSilent === null ? [] : [{ id: "silent" as const, points: isSilent ? 5 : 0, isSilent }]),
  ];
  const score = Math.min(
    100,
    lines.reduce((sum, { points }) => sum + points, 0),
  );
  return { version: 1, lines, score, band: bands.findIndex((lowest) => score >= lowest) + 1 };
}

function blindPoints({ blind, enabled, active }: NonNullable<ScoreInputs["regions"]>): number {
  const weigh = (all: number, ofThem = 0) => all + (activeWeight - 1) * ofThem;
  const whole = weigh(enabled, active?.enabled);
  return whole === 0 ? 0 : Math.round((25 * weigh(blind, active?.blind)) / whole);
}

function slaPoints({ dueAt, elapsedDays, days, isOverdue }: ScoreInputs["sla"]): number {
  if (dueAt === null) return 0;
  const share = days <= 0 ? 1 : Math.min(1, Math.max(0, elapsedDays / days));
  return Math.round(10 * share) + (isOverdue ? 5 : 0);
}
