import type { Analysis } from "@/lib/checks/cloudtrail/not-multi-region/rules/decide";
import { missingGrants } from "@/lib/checks/cloudtrail/not-multi-region/rules/missing-permissions";
import type { ReadFailure } from "@/lib/checks/facts/reading";
import { needsGrant, refusingPolicy } from "@/lib/checks/facts/refusing-policy";
import type { ChangeTab, Instruction, SuggestedChange } from "@/lib/checks/suggested-change";
import { accessTabs, policyExemptionTab } from "./access";
import { afterwardsOf } from "./afterwards";
import { beforeAfterOf } from "./before-after";
import type { ChangeInput } from "./change-input";
import { movedTrail, newAccountTrail, presentDelivery } from "./deliveries";
import { type BrokenDelivery, deliveryTabs, deliveryUndo } from "./delivery-tabs";
import { granteeOf } from "./grantee";
import { homeRegionTabs } from "./home-region";
import { keyFixOf } from "./key-fix";
import { permissionsOf } from "./permissions";
import { createTabs, newTrailUndo, updateTabs, updateUndo } from "./tabs";

/** Everything around one change that is filled in with the account's names. */
export type ChangeCode = Pick<
  SuggestedChange,
  "command" | "tabs" | "defaultTab" | "managedBy" | "beforeAfter" | "rollback" | "permissions" | "afterwards"
>;

export function changeCode(input: ChangeInput, analysis: Analysis): ChangeCode {
  const { managedBy } = input;
  const tabs = tabsOf(input, analysis);
  const [first] = tabs;
  const owned = tabs.find((tab) => tab.id === managedBy?.tool);
  const command = tabs.find((tab) => tab.id === "cli")?.parts;
  const beforeAfter = beforeAfterOf(input);
  const rollback = rollbackOf(input);
  const permissions = permissionsOf(input);
  const afterwards = afterwardsOf(input);
  return {
    ...(command === undefined || command.length === 0 ? {} : { command }),
    ...(first === undefined ? {} : { tabs, defaultTab: (owned ?? first).id }),
    ...(managedBy === null ? {} : { managedBy }),
    ...(beforeAfter.length === 0 ? {} : { beforeAfter }),
    ...(rollback === null ? {} : { rollback }),
    ...(permissions === null ? {} : { permissions }),
    ...(afterwards.length === 0 ? {} : { afterwards }),
  };
}

function tabsOf(input: ChangeInput, analysis: Analysis): readonly ChangeTab[] {
  const { action, update } = input;
  if (action === "FIX_VIA_CONTROL_TOWER") return [landingZoneTab(input)];
  if (action === "CREATE_MULTI_REGION_TRAIL") return createTabs(newAccountTrail(input));
  if (action === "ENABLE_HOME_REGION_OR_MOVE_ORG_TRAIL") {
    return homeRegionTabs(input.accountId, input.region, movedTrail(input));
  }
  if (action === "FIX_SCAN_PERMISSIONS") {
    const { blockedBy } = analysis;
    const { partition, scanner } = input;
    const grant = blockedBy.find(needsGrant);
    if (grant !== undefined) return accessTabs(missingGrants(analysis), granteeOf(grant, scanner));
    const byScp = blockedBy.find(isExplicitScp);
    return byScp === undefined ? [] : [policyExemptionTab(partition, granteeOf(byScp, scanner))];
  }
  if (update !== null) return updateTabs(input, update);
  const broken = brokenDelivery(input);
  return broken === null ? [] : deliveryTabs(broken);
}

function brokenDelivery(input: ChangeInput): BrokenDelivery | null {
  const { directAction, trail } = input;
  const delivery = presentDelivery(input);
  if (directAction !== "FIX_DELIVERY" || delivery === null || trail === null) return null;
  return { input, trail, delivery, keyFix: keyFixOf(input) };
}

/** A statement that denies can be given an exception; where none allows, there is nothing to add one to. */
function isExplicitScp({ kind, message }: ReadFailure): boolean {
  return kind === "denied_by_scp" && refusingPolicy(message)?.isExplicit !== false;
}

function landingZoneTab({ owner, trail }: ChangeInput): ChangeTab {
  return {
    id: "landing-zone",
    label: "Landing zone",
    language: "text",
    parts: [],
    steps: [
      `Sign in to the management account ${owner} and open Control Tower, in its home Region.`,
      "Under Landing zone settings check that CloudTrail is on for the landing zone.",
      `Choose Reset (older consoles: Repair) and let it finish: it deploys ${trail?.name ?? "the trail"} again in every account.`,
      "Do not change the trail by hand: a guardrail denies it, and drift is reported.",
    ],
    notes: ["A reset takes up to an hour and changes no workload."],
    undo: { text: "There is nothing to undo: a reset restores what the landing zone says." },
  };
}

function rollbackOf(input: ChangeInput): Instruction | null {
  const { update, action } = input;
  if (action === "FIX_VIA_CONTROL_TOWER") return null;
  if (action === "CREATE_MULTI_REGION_TRAIL") {
    return newTrailUndo(newAccountTrail(input));
  }
  if (action === "FIX_SCAN_PERMISSIONS") return { text: "Remove what was added to the role or the policy." };
  if (action === "ENABLE_HOME_REGION_OR_MOVE_ORG_TRAIL") {
    return { text: "Disable the Region again, or delete the new trail before the old one is gone." };
  }
  if (update !== null) return updateUndo(input, update);
  const broken = brokenDelivery(input);
  return broken === null ? null : deliveryUndo(broken);
}
