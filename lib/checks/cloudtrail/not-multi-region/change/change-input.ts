import type { TrailView } from "@/lib/checks/cloudtrail/inventory/trail-view";
import { isComplete } from "@/lib/checks/cloudtrail/not-multi-region/rules/decide";
import type { Action } from "@/lib/checks/cloudtrail/not-multi-region/rules/reasons";
import type { WordsInput } from "@/lib/checks/cloudtrail/not-multi-region/words/words-input";
import type { EventSelectors, TrailDescription } from "@/lib/checks/facts/cloudtrail";
import type { AwsOrganizationFact, Facts, Partition } from "@/lib/checks/facts/facts";
import type { Scanner } from "@/lib/checks/scanner";
import type { ManagedBy } from "@/lib/checks/suggested-change";
import { grantingActions } from "./grantee";
import { ownershipOf } from "./ownership";
import { completeSelectors, type SelectorList } from "./selector-list";

/** What a change sets on an existing trail. */
export interface TrailUpdate {
  readonly multiRegion: boolean;
  readonly logging: boolean;
  /** The whole new list, when the selectors change. */
  readonly selectors: SelectorList | null;
}

/** Everything that the builders of commands and code fill in. */
export interface ChangeInput {
  readonly action: Action;
  /** What has to be done, no matter who can do it: see `RemediationChoice`. */
  readonly directAction: Action;
  readonly partition: Partition;
  /** The account that was judged. */
  readonly accountId: string;
  /** Who read the account; null where it is not known. */
  readonly scanner: Scanner | null;
  /** The account in which the change is made. */
  readonly owner: string;
  /** The trail's home Region, or the Region of a new trail. */
  readonly region: string;
  readonly trail: TrailDescription | null;
  readonly view: TrailView | null;
  readonly selectors: EventSelectors | null;
  readonly update: TrailUpdate | null;
  readonly managedBy: ManagedBy | null;
  readonly awsOrganization: AwsOrganizationFact | null;
  /** IAM actions that grant the scan what it lacks; none when no grant heals the refusal. */
  readonly accessActions: readonly string[];
}

export function changeInputOf(input: WordsInput, facts: Partial<Facts>): ChangeInput {
  const { analysis, choice, context } = input;
  const { remediation } = choice;
  const trail = describedTrail(input);
  const selectors = trail === null ? null : selectorsOf(trail.arn, facts, context);
  return {
    action: remediation.action as Action,
    directAction: choice.directAction,
    partition: context.account.partition,
    accountId: context.account.id,
    scanner: context.scanner ?? null,
    owner: remediation.account ?? context.account.id,
    region: remediation.region ?? trail?.homeRegion ?? "",
    trail,
    view: choice.trail,
    selectors,
    update: trail === null ? null : updateOf(choice.directAction, choice.trail, selectors),
    managedBy: trail === null ? null : ownershipOf(trail, facts),
    awsOrganization: analysis.inventory.awsOrganization,
    accessActions: grantingActions(analysis.blockedBy, context.scanner ?? null),
  };
}

function updateOf(
  action: Action,
  view: TrailView | null,
  selectors: EventSelectors | null,
): TrailUpdate | null {
  switch (action) {
    case "CONVERT_TRAIL": {
      const isIncomplete = view !== null && view.classes !== null && !isComplete(view);
      return {
        multiRegion: true,
        logging: view?.health === "STOPPED",
        selectors: isIncomplete ? completeSelectors(selectors) : null,
      };
    }
    case "REAPPLY_MULTI_REGION":
      return { multiRegion: true, logging: false, selectors: null };
    case "START_LOGGING":
      return { multiRegion: false, logging: true, selectors: null };
    case "FIX_EVENT_SELECTORS":
      return { multiRegion: false, logging: false, selectors: completeSelectors(selectors) };
    default:
      return null;
  }
}

/** The trail as this account sees it, or as the facts of the management account describe it. */
function describedTrail({ choice, context }: WordsInput): TrailDescription | null {
  if (choice.trail !== null) return choice.trail.description;
  const { trail, region } = choice.remediation;
  const related = context.relatedEvidence?.byFact["cloudtrail.trails"] ?? [];
  return related.map((e) => e.description).find((d) => d.name === trail && d.homeRegion === region) ?? null;
}

function selectorsOf(
  arn: string,
  facts: Partial<Facts>,
  context: WordsInput["context"],
): EventSelectors | null {
  const own = facts["cloudtrail.event_selectors"]?.[arn];
  if (own?.ok) return own.value;
  const related = context.relatedEvidence?.byFact["cloudtrail.trails"]?.find(
    (trail) => trail.description.arn === arn,
  );
  return related?.selectors ?? null;
}
