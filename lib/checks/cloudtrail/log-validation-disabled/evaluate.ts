import type { Evaluation, Remediation, RuleStep, Severity } from "@/lib/checks/evaluation";
import type { EvaluationContext } from "@/lib/checks/evaluation-context";
import type { Facts } from "@/lib/checks/facts/facts";
import { plural } from "@/lib/text";
import { type JudgedTrail, type Judgement, judge } from "./judge";

export const checkId = "cloudtrail.log_validation_disabled";
export const checkVersion = 2;

export type Action =
  | "ENABLE_LOG_FILE_VALIDATION"
  | "FIX_ORG_TRAIL"
  | "FIX_CONNECTION"
  | "FIX_SCAN_PERMISSIONS"
  | "HAVE_A_TRAIL_FIRST"
  | "NONE"
  | "RETRY";

export type Advisory =
  | "DIGEST_DELIVERY_ERROR"
  | "FURTHER_TRAILS_WITHOUT_VALIDATION"
  | "REGION_LIST_UNAVAILABLE"
  | "STOPPED_TRAIL_WITHOUT_VALIDATION";

/** The verdict from the facts alone. Pure: the clock is `context.now`. */
export function evaluate(facts: Partial<Facts>, context: EvaluationContext): Evaluation {
  const judgement = judge(facts, context);
  const severity = severityOf(judgement);
  return {
    checkId,
    checkVersion,
    verdict: judgement.verdict,
    reason: judgement.reason,
    severity: severity?.severity ?? null,
    severityReason: severity?.reason ?? null,
    assurance: judgement.assurance,
    disposition: judgement.verdict === "FAIL" ? "OPEN" : null,
    ...regionLists(judgement),
    remediation: remediationOf(judgement, context),
    advisories: advisoriesOf(judgement),
    regions: [],
    rules: rulesOf(judgement),
  };
}

function severityOf({ verdict, trails }: Judgement): { severity: Severity; reason: string } | null {
  if (verdict !== "FAIL") return null;
  return trails.some((trail) => trail.isLogging && trail.description.logFileValidationEnabled)
    ? { severity: "LOW", reason: "Low, because another trail that logs has validation on." }
    : { severity: "MEDIUM", reason: "Medium, because no trail that logs has validation on." };
}

/** Where trails log: covered when all of them validate, uncovered when one does not. Regions without any are in no list. */
function regionLists({ reason, enabled, unread, trails }: Judgement) {
  // Without a session nothing was asked, so no Region is listed, not even as unknown.
  const asked = reason === "ROLE_NOT_ASSUMABLE" ? [] : enabled;
  const state = (region: string) => {
    if (unread.includes(region)) return "unknown";
    const here = trails.filter((trail) => trail.seenIn.has(region) && trail.isLogging !== false);
    const off = here.filter((trail) => !trail.description.logFileValidationEnabled);
    if (off.some((trail) => trail.isLogging)) return "uncovered";
    if (off.length > 0) return "unknown";
    return here.length > 0 ? "covered" : "none";
  };
  const inState = (wanted: string) => asked.filter((region) => state(region) === wanted);
  return {
    coveredRegions: inState("covered"),
    partialRegions: [],
    uncoveredRegions: inState("uncovered"),
    unknownRegions: inState("unknown"),
  };
}

function remediationOf(judgement: Judgement, context: EvaluationContext): Remediation {
  const { verdict, reason, failing, blockedBy } = judgement;
  const [trail] = failing;
  if (trail !== undefined) return forTrail(trail, context);
  if (verdict === "PASS") return { action: "NONE" satisfies Action };
  if (reason === "NO_TRAIL_TO_JUDGE") return { action: "HAVE_A_TRAIL_FIRST" satisfies Action };
  const isRefused = blockedBy.some(({ kind }) => kind === "denied" || kind === "denied_by_scp");
  if (reason !== "ROLE_NOT_ASSUMABLE") {
    return { action: (isRefused ? "FIX_SCAN_PERMISSIONS" : "RETRY") satisfies Action };
  }
  const isPassing = blockedBy.some(({ kind }) =>
    ["throttled", "timeout", "network", "garbage", "deadline", "server_error"].includes(kind),
  );
  return { action: (isPassing ? "RETRY" : "FIX_CONNECTION") satisfies Action };
}

function forTrail({ description, isForeign, owner }: JudgedTrail, context: EvaluationContext): Remediation {
  const place = { region: description.homeRegion, trail: description.name };
  const change: Action = "ENABLE_LOG_FILE_VALIDATION";
  return isForeign
    ? { action: "FIX_ORG_TRAIL" satisfies Action, account: owner, ...place, orgAction: change }
    : { action: change, account: context.account.id, ...place };
}

function advisoriesOf({
  reason,
  trails,
  failing,
  unproven,
  isRegionListRead,
}: Judgement): readonly Advisory[] {
  const isOn = ({ description }: JudgedTrail) => description.logFileValidationEnabled;
  const given: readonly (readonly [Advisory, boolean])[] = [
    ["DIGEST_DELIVERY_ERROR", unproven.length > 0],
    ["FURTHER_TRAILS_WITHOUT_VALIDATION", failing.length > 1],
    ["REGION_LIST_UNAVAILABLE", reason !== "ROLE_NOT_ASSUMABLE" && !isRegionListRead],
    ["STOPPED_TRAIL_WITHOUT_VALIDATION", trails.some((trail) => trail.isLogging === false && !isOn(trail))],
  ];
  return given.filter(([, applies]) => applies).map(([advisory]) => advisory);
}

function rulesOf(judgement: Judgement): readonly RuleStep[] {
  const { verdict, reason, assurance, trails, failing, enabled, unread } = judgement;
  if (reason === "ROLE_NOT_ASSUMABLE") {
    return [{ rule: "The account must be reachable", saw: "No session in the account", so: "Not evaluated" }];
  }
  const logging = trails.filter((trail) => trail.isLogging);
  return [
    {
      rule: "Trails are listed in every enabled Region",
      saw: `${enabled.length - unread.length} of ${enabled.length} Regions answered; ${trails.length} ${plural(trails.length, "trail", "trails")}`,
      so:
        unread.length === enabled.length
          ? "Nothing can be concluded"
          : "Each trail is judged once, by its ARN",
    },
    {
      rule: "A trail counts when it logs",
      saw:
        trails
          .map(({ description, isLogging }) => `${description.name}: ${loggingWord(isLogging)}`)
          .join(", ") || "No trail",
      so: `${logging.length} of ${trails.length} count`,
    },
    {
      rule: "Every trail that counts has log file validation on",
      saw:
        failing.length === 0
          ? "None has it off"
          : `Off: ${failing.map(({ description }) => description.name).join(", ")}`,
      so: failing.length === 0 ? "No gap is proven" : "A gap is proven",
    },
    { rule: "Verdict", saw: reason, so: assurance === null ? verdict : `${verdict}, ${assurance}` },
  ];
}

function loggingWord(isLogging: boolean | null): string {
  if (isLogging === null) return "not readable";
  return isLogging ? "logs" : "stopped";
}
