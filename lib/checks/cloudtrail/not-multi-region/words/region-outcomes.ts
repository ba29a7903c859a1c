import { hasDeliveryError } from "@/lib/checks/cloudtrail/inventory/health";
import type { TrailView } from "@/lib/checks/cloudtrail/inventory/trail-view";
import type { RegionCoverage } from "@/lib/checks/cloudtrail/not-multi-region/rules/coverage";
import type { Analysis } from "@/lib/checks/cloudtrail/not-multi-region/rules/decide";
import type { RegionOutcome } from "@/lib/checks/evaluation";
import { regionInfo } from "@/lib/checks/regions";
import { missingEventsText } from "./event-words";
import { day } from "./time-words";

/** Every Region the account lists, enabled or not, with its state and one sentence why. */
export function regionOutcomes(analysis: Analysis): readonly RegionOutcome[] {
  const settled = new Map(analysis.settledCoverage.map((c) => [c.region.name, c.state]));
  const enabled = analysis.coverage.map((coverage) =>
    outcome(coverage, analysis.inventory.trails, settled.get(coverage.region.name) !== coverage.state),
  );
  const off = analysis.inventory.notEnabledRegions.map((name) => notEnabled(name));
  return [...enabled, ...off];
}

function outcome(coverage: RegionCoverage, trails: readonly TrailView[], isPending: boolean): RegionOutcome {
  const name = coverage.region.name;
  const here = trails.filter((trail) => trail.seenIn.has(name));
  const base = { name, state: coverage.state, trailArns: here.map((trail) => trail.arn) } as const;
  switch (coverage.state) {
    case "covered":
      return { ...base, ...coveredWords(coverage, isPending) };
    case "partial": {
      const why = `${names(coverage.effective)} logs here, but ${missingEventsText(coverage.classes)}.`;
      return { ...base, detail: "partly_logged", why };
    }
    case "uncovered":
      return { ...base, ...uncoveredWords(name, here, trails) };
    case "unknown":
      return { ...base, ...unknownWords(coverage, here, isPending) };
  }
}

type Words = Pick<RegionOutcome, "detail" | "why">;

function coveredWords({ effective }: RegionCoverage, isPending: boolean): Words {
  if (isPending)
    return {
      detail: "pending",
      why: `${names(effective)} has just started; the first delivery is outstanding.`,
    };
  const isInherited = effective.some((trail) => trail.description.isMultiRegion);
  return isInherited
    ? { detail: "logged", why: `Logged by ${names(effective)}.` }
    : {
        detail: "logged_by_single_region_trail",
        why: `Logged by ${names(effective)}, which covers this Region only.`,
      };
}

function uncoveredWords(region: string, here: readonly TrailView[], all: readonly TrailView[]): Words {
  const failing = here.find((trail) => {
    const status = trail.statuses.get(region);
    return status !== undefined && hasDeliveryError(status);
  });
  if (failing !== undefined) {
    const code = failing.statuses.get(region)?.latestDeliveryError ?? "";
    return { detail: "delivery_failing", why: `${failing.description.name} cannot deliver here: ${code}.` };
  }
  const silent = here.find((trail) => trail.silentSince.has(region));
  if (silent !== undefined && silent.health !== "STALE") {
    return {
      detail: "not_logged",
      why: `${silent.description.name} exists here, but ${silenceText(silent, region)}.`,
    };
  }
  const [first] = here;
  if (first === undefined) {
    const missing = all.find((trail) => trail.description.isMultiRegion);
    const why =
      missing === undefined
        ? "No trail exists here."
        : `The copy of ${missing.description.name} is missing here.`;
    return { detail: "not_logged", why };
  }
  return {
    detail: "not_logged",
    why: `${first.description.name} exists here, but ${faultText(first, region)}.`,
  };
}

function faultText(trail: TrailView, region: string): string {
  switch (trail.health) {
    case "STOPPED":
      return "logging is stopped";
    case "NEVER_DELIVERED":
      return "it has never delivered a log file";
    case "STALE":
      return silenceText(trail, region);
    case "HOME_REGION_OFF":
      return "its home Region is not enabled in this account, so nothing is sent";
    default:
      return trail.statuses.get(region)?.isLogging === false
        ? "it is not logging in this Region"
        : trail.hasUnrecognizedField
          ? "a selector narrows what it logs by a field that this check does not know"
          : "it logs no management events";
  }
}

function silenceText(trail: TrailView, region: string): string {
  const since = trail.silentSince.get(region);
  return since === undefined
    ? "it has gone quiet in every Region where something is known to have happened"
    : `it has delivered nothing here since our own calls of ${day(since)}`;
}

function unknownWords({ region }: RegionCoverage, here: readonly TrailView[], isPending: boolean): Words {
  if (region.failure !== undefined) {
    return { detail: "could_not_read", why: `Trails could not be listed here (${region.failure.code}).` };
  }
  if (isPending) {
    return { detail: "pending", why: "The trail's copy has not arrived yet; AWS can take up to 24 hours." };
  }
  const unread = here.flatMap((trail) => [
    ...trail.statusFailures.filter((failure) => failure.region === region.name),
    ...(trail.selectorFailure ? [trail.selectorFailure] : []),
  ])[0];
  const cause = unread === undefined ? "" : ` (${unread.api}: ${unread.code})`;
  return {
    detail: "could_not_read",
    why: `A trail exists here, but what it does could not be read${cause}.`,
  };
}

function notEnabled(name: string): RegionOutcome {
  const why = `${regionInfo(name).label} is not enabled in this account.`;
  return { name, state: "not_enabled", detail: "not_enabled", why, trailArns: [] };
}

function names(trails: readonly TrailView[]): string {
  return trails.map((trail) => trail.description.name).join(" and ");
}
