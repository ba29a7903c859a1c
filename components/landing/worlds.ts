import type { CheckDefinition } from "@/lib/checks/check";
import type { Description } from "@/lib/checks/description";
import type { Evaluation } from "@/lib/checks/evaluation";
import type { Facts } from "@/lib/checks/facts/facts";

export interface JudgedWorld {
  readonly evaluation: Evaluation;
  readonly description: Description;
}

/**
 * The example account of a check before and after the change that its own remediation names: the trail it suggests
 * made multi-Region. Both are judged by the check, so the page cannot promise what the product does not say.
 */
export function beforeAndAfter(
  check: CheckDefinition,
): { readonly before: JudgedWorld; readonly after: JudgedWorld } | null {
  const [situation] = check.page?.situations ?? [];
  if (situation === undefined) return null;
  const { facts, context } = situation;
  const judge = (given: Partial<Facts>): JudgedWorld => {
    const evaluation = check.evaluate(given, context);
    return { evaluation, description: check.describe(evaluation, given, context) };
  };
  const before = judge(facts);
  const [trails] = before.description.sections;
  const suggested = trails?.kind === "table" ? trails.rows.find((row) => row.isSuggested)?.key : undefined;
  return suggested === undefined ? null : { before, after: judge(withMultiRegion(facts, suggested)) };
}

function withMultiRegion(facts: Partial<Facts>, arn: string): Partial<Facts> {
  const trails = facts["cloudtrail.trails"] ?? {};
  const home = Object.values(trails).flatMap((reading) => (reading.ok ? reading.value : []));
  const trail = home.find((one) => one.arn === arn);
  const [status] = Object.values(facts["cloudtrail.trail_status"]?.[arn] ?? {});
  if (trail === undefined || status === undefined) return facts;
  const converted = { ...trail, isMultiRegion: true };
  return {
    ...facts,
    "cloudtrail.trails": Object.fromEntries(
      Object.entries(trails).map(([region, reading]) => [
        region,
        reading.ok
          ? { ok: true, value: [...reading.value.filter((one) => one.arn !== arn), converted] }
          : reading,
      ]),
    ),
    "cloudtrail.trail_status": {
      ...facts["cloudtrail.trail_status"],
      [arn]: Object.fromEntries(Object.keys(trails).map((region) => [region, status])),
    },
  };
}
