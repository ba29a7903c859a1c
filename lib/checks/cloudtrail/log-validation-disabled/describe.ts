import { type TrailRow, trailSection } from "@/lib/checks/cloudtrail/trail-section";
import type { Description, SentencePart } from "@/lib/checks/description";
import type { Evaluation } from "@/lib/checks/evaluation";
import type { EvaluationContext } from "@/lib/checks/evaluation-context";
import type { Facts } from "@/lib/checks/facts/facts";
import { failureCause, failureWords } from "@/lib/checks/facts/failure-words";
import { mayLackPermission } from "@/lib/checks/facts/refusing-policy";
import type { SuggestedChange } from "@/lib/checks/suggested-change";
import { count, plural } from "@/lib/text";
import { enableValidation } from "./change";
import { coverageCheck } from "./coverage-plan";
import type { Advisory } from "./evaluate";
import { type JudgedTrail, type Judgement, judge } from "./judge";
import { labels } from "./labels";

/** The words of an evaluation, from the facts that it judged. */
export function describeEvaluation(
  evaluation: Evaluation,
  facts: Partial<Facts>,
  context: EvaluationContext & { readonly accountName: string },
): Description {
  const judgement = judge(facts, context);
  return {
    sentence: sentenceOf(judgement, context.accountName),
    short: shortOf(judgement),
    sections: [trailSection(judgement.trails.map((trail) => rowOf(trail, judgement)))],
    change: changeOf(judgement, evaluation),
    ...(judgement.verdict === "FAIL"
      ? {
          waitFor:
            "The setting shows within a few minutes. The first digest file follows within about an hour, and proves log files from then on.",
        }
      : {}),
    advisories: evaluation.advisories.map((code) => ({
      code,
      text: advisoryText(code as Advisory, judgement),
    })),
    missingPermissions: missingPermissions(judgement),
  };
}

function sentenceOf(judgement: Judgement, where: string): readonly SentencePart[] {
  const { reason, failing, unread, blockedBy } = judgement;
  const [failure] = blockedBy;
  const cause = failure === undefined ? "" : `: ${failureCause(failure)}`;
  const tail = unread.length === 0 ? "" : ` ${count(unread.length, "Region")} could not be read.`;
  switch (reason) {
    case "VALIDATION_ON": {
      const counting = judgement.trails.filter((trail) => trail.isLogging !== false);
      const { unproven } = judgement;
      if (unproven.length > 0) {
        const names = unproven.map(({ description }) => description.name).join(", ");
        return withText(
          { text: `Log file validation is on for every trail of ${where} that logs, but ` },
          { text: `digest files of ${names} do not arrive`, tone: "wait" },
          { text: ": newer log files have no proof." },
          { text: tail, tone: "wait" },
        );
      }
      const what = plural(counting.length, "The trail", `All ${counting.length} trails`);
      const proven = plural(counting.length, "proves its log files.", "prove their log files.");
      return withText(
        { text: `${what} of ${where} ` },
        { text: proven, tone: "proven" },
        { text: tail, tone: "wait" },
      );
    }
    case "VALIDATION_OFF":
      return withText(
        { text: `Log files of ${count(failing.length, "trail")} in ${where} ` },
        { text: "could be changed without a trace.", tone: "blind" },
        { text: tail },
      );
    case "NO_TRAIL_TO_JUDGE":
      return [
        { text: `${where} has ` },
        { text: "no trail that logs", tone: "wait" },
        { text: ", so there are no log files to prove. Whether everything is logged is another check." },
      ];
    case "TRAIL_STATUS_UNREADABLE":
      return [
        { text: `A trail of ${where} has log file validation off, but ` },
        { text: "whether it logs could not be read", tone: "wait" },
        { text: `${cause}.` },
      ];
    case "TRAILS_UNREADABLE":
      return [
        { text: `The trails of ${where} ` },
        { text: "could not be listed", tone: "wait" },
        { text: `${cause}.` },
      ];
    case "ROLE_NOT_ASSUMABLE":
      return [
        { text: `${where} ` },
        { text: "could not be read", tone: "wait" },
        { text: failure?.kind === "denied" ? ": AWS refused the role." : `${cause}.` },
      ];
  }
}

function withText(...parts: readonly SentencePart[]): readonly SentencePart[] {
  return parts.filter((part) => part.text !== "");
}

function shortOf({ reason, failing, unproven }: Judgement): string {
  if (reason === "VALIDATION_OFF") return `Validation off on ${count(failing.length, "trail")}`;
  if (reason === "VALIDATION_ON" && unproven.length > 0) return "Validation on, digest files do not arrive";
  return labels.reasons[reason] ?? reason;
}

function rowOf(trail: JudgedTrail, { failing, plan }: Judgement): TrailRow {
  const { description, status, isLogging } = trail;
  return {
    arn: description.arn,
    name: description.name,
    homeRegion: description.homeRegion,
    isMultiRegion: description.isMultiRegion,
    isOrganization: description.isOrganization,
    health: isLogging === null ? "UNKNOWN" : isLogging ? "OK" : "STOPPED",
    healthText: isLogging === null ? "Status could not be read" : isLogging ? "Logging" : "Stopped",
    ...(status?.latestDeliveryTime === undefined ? {} : { latestDeliveryTime: status.latestDeliveryTime }),
    logFileValidationEnabled: description.logFileValidationEnabled,
    isEncrypted: description.kmsKeyId !== undefined,
    ...(description.s3BucketName === undefined ? {} : { bucket: description.s3BucketName }),
    ...(plan.isPassing && plan.retires.has(trail.arn) ? { standing: "duplicate" as const } : {}),
    isSuggested: failing[0] === trail && !plan.retires.has(trail.arn),
  };
}

function changeOf(judgement: Judgement, { remediation }: Evaluation): SuggestedChange | null {
  const { failing, blockedBy } = judgement;
  if (failing.length > 0) return enableValidation(judgement);
  const { action } = remediation;
  if (action === "NONE") return null;
  const [failure] = blockedBy;
  const step =
    action === "HAVE_A_TRAIL_FIRST"
      ? "See the finding of cloudtrail.not_multi_region for this account; it names the trail to make or to start."
      : failure === undefined
        ? "Scan again."
        : failureWords(failure).whatToDo;
  return { action, title: labels.actions[action] ?? action, reasons: [], steps: [step], notes: [] };
}

function advisoryText(advisory: Advisory, { trails: all, failing, unproven, plan }: Judgement): string {
  const names = (some: readonly JudgedTrail[]) => some.map(({ description }) => description.name).join(", ");
  switch (advisory) {
    case "DIGEST_DELIVERY_ERROR":
      return `Digest files of ${names(unproven)} do not arrive${digestErrors(unproven)}: until they do, log files stay without proof.`;
    case "FURTHER_TRAILS_WITHOUT_VALIDATION": {
      const staying = failing.filter(({ arn }) => !plan.retires.has(arn));
      const off = `Validation is off on ${names(failing)}.`;
      const apart = "log files of one trail do not prove those of another";
      if (staying.length === failing.length) return `${off} Turn it on for all of them; ${apart}.`;
      const leaving = names(failing.filter(({ arn }) => plan.retires.has(arn)));
      const stay = staying.length === 0 ? "" : ` Turn it on for ${names(staying)};`;
      return `${off}${stay} ${coverageCheck} retires ${leaving}.`;
    }
    case "REGION_LIST_UNAVAILABLE":
      return "The list of Regions could not be read, so only the default Regions were looked at.";
    case "STOPPED_TRAIL_WITHOUT_VALIDATION": {
      const stopped = all.filter((t) => t.isLogging === false && !t.description.logFileValidationEnabled);
      const leaving = stopped.length > 0 && stopped.every(({ arn }) => plan.retires.has(arn));
      const todo = leaving
        ? `${coverageCheck} says how to delete it.`
        : "Turn it on before the trail logs again.";
      return `${names(stopped)} is stopped and has validation off. ${todo}`;
    }
  }
}

function digestErrors(unproven: readonly JudgedTrail[]): string {
  const errors = unproven.flatMap((trail) =>
    [...trail.statuses.values()].flatMap((status) => status.latestDigestDeliveryError || []),
  );
  return errors.length === 0 ? "" : ` (${[...new Set(errors)].join(", ")})`;
}

/** IAM actions whose refusal limited this evaluation. Assuming the role is no permission of the role. */
function missingPermissions({ blockedBy, trails: all }: Judgement): readonly string[] {
  const failures = [...blockedBy, ...all.flatMap((trail) => trail.statusFailures)];
  const denied = failures.filter(mayLackPermission).map(({ api }) => api);
  return [...new Set(denied)].filter((api) => !api.startsWith("sts:")).sort();
}
