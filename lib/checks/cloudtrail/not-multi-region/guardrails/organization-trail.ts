import { trailArn } from "@/lib/checks/arn";
import { organizationPlaceholder } from "@/lib/checks/cloudtrail/not-multi-region/change/bucket-policy";
import {
  cdkNewTrail,
  cloudFormationNewTrail,
  type NewTrail,
  newTrailBlock,
  pulumiNewTrail,
  terraformNewTrail,
} from "@/lib/checks/cloudtrail/not-multi-region/change/new-trail";
import { toolTabs } from "@/lib/checks/cloudtrail/not-multi-region/change/tabs";
import type { Partition } from "@/lib/checks/facts/facts";
import type { Guardrail } from "@/lib/checks/guardrail";
import type { GuardedTrail } from "./guarded";

const accountPlaceholder = "YOUR-MANAGEMENT-ACCOUNT-ID";
const name = "organization-trail";

/** One trail that members cannot change and that new accounts get by themselves. */
export function organizationTrailGuardrail(guarded: GuardedTrail): Guardrail {
  const account =
    guarded.organizationRole === "MANAGEMENT"
      ? guarded.accountId
      : (guarded.managementAccountId ?? accountPlaceholder);
  const trail = newOrganizationTrail(guarded, account);
  return {
    id: "organization-trail",
    title: "Organization trail",
    where: `Management account ${account}, or a delegated administrator of CloudTrail; Region ${guarded.primaryRegion}.`,
    stops: [
      "An account without a trail: every member gets a copy in every enabled Region, new accounts and Regions included.",
      "A member that stops, changes or deletes it: members can only look.",
    ],
    doesNotStop: [
      "A change in the management account itself.",
      "Single-Region trails of members: they stay, and each becomes a second, billed copy.",
      "A home Region that a member has not enabled; a default Region avoids it.",
    ],
    relevance:
      guarded.organizationRole === "MEMBER" && guarded.trail?.isOrganization !== true
        ? "This account is a member of an organization: one trail there covers it and every other member."
        : null,
    tabs: toolTabs(
      name,
      {
        cli: newTrailBlock(trail),
        terraform: terraformNewTrail(trail),
        cloudformation: cloudFormationNewTrail(trail),
        cdk: cdkNewTrail(trail),
        pulumi: pulumiNewTrail(trail),
      },
      {
        notes: {
          cli: [
            "Once per organization, before: aws organizations enable-aws-service-access --service-principal cloudtrail.amazonaws.com",
          ],
        },
      },
    ),
  };
}

export function newOrganizationTrail(guarded: GuardedTrail, account: string): NewTrail {
  const homeRegion = guarded.primaryRegion;
  return {
    partition: guarded.partition,
    bucket: `cloudtrail-logs-${account.toLowerCase()}-${homeRegion}`,
    trailArn: trailArn(guarded.partition as Partition, homeRegion, account, name),
    trailName: name,
    homeRegion,
    account,
    organizationId: guarded.organizationId ?? organizationPlaceholder,
    isOrganization: true,
  };
}
