import { check } from "@/lib/checks/cloudtrail/not-multi-region/check";
import type { Description } from "@/lib/checks/description";
import type { Evaluation } from "@/lib/checks/evaluation";
import type { Facts } from "@/lib/checks/facts/facts";
import { plainText } from "@/lib/checks/snippets/marked";
import type { ChangeTab } from "@/lib/checks/suggested-change";
import {
  accountCase,
  managementAccount,
  member,
  multiRegionTrail,
  now,
  organizationTrail,
  selectors,
  singleRegionTrail,
  status,
  usualRegions,
} from "@/lib/checks/testing/cases";
import { scenario, type TruthTableCase } from "@/lib/checks/testing/truth-table";

/** One snippet as a file, named after its place. */
export interface Snippet {
  readonly name: string;
  readonly tab: ChangeTab;
  readonly text: string;
}

const allOptedIn = usualRegions.map(({ name }) => ({ name, optInStatus: "opted-in" as const }));
const dataAndQuotes = {
  advancedEventSelectors: [
    {
      name: "what's in S3 %{here}",
      fieldSelectors: [
        { field: "eventCategory", equals: ["Data"] },
        { field: "resources.type", equals: ["AWS::S3::Object"] },
      ],
    },
  ],
  hasCustomEventSelectors: true,
};

function keyWorld(latestDeliveryError: string): Partial<TruthTableCase> {
  const kmsKeyId = "arn:aws:kms:us-east-1:333333333333:key/1";
  return { trails: [multiRegionTrail({ status: { ...status.failing, latestDeliveryError }, kmsKeyId })] };
}

/** One account for each change that has snippets, and more where they come out differently. */
export const worlds: Readonly<Record<string, Partial<TruthTableCase>>> = {
  create: {},
  convert: { trails: [singleRegionTrail("eu-west-1")] },
  "convert-stopped": {
    trails: [singleRegionTrail("us-east-1", { ...selectors.writeOnly, status: status.stopped })],
  },
  start: { trails: [multiRegionTrail({ status: status.stopped })] },
  selectors: { trails: [multiRegionTrail(selectors.dataOnly)] },
  "selectors-advanced": { trails: [multiRegionTrail(dataAndQuotes)] },
  delivery: {
    trails: [
      multiRegionTrail({ status: status.failing, kmsKeyId: "arn:aws:kms:us-east-1:333333333333:key/1" }),
    ],
  },
  "delivery-key-disabled": keyWorld("KMS.DisabledException"),
  "delivery-key-pending-deletion": keyWorld("KMS.KMSInvalidStateException"),
  "delivery-key-gone": keyWorld("KMS.NotFoundException"),
  "delivery-key-refused": keyWorld("KMS.AccessDeniedException"),
  reapply: { regions: allOptedIn, trails: [multiRegionTrail()] },
  "organization-start": { account: member, trails: [organizationTrail({ status: status.stopped })] },
  "organization-delivery": { account: member, trails: [organizationTrail({ status: status.failing })] },
  "organization-convert": {
    account: member,
    trails: [organizationTrail({ isMultiRegion: false, existsInRegions: ["us-east-1"] })],
  },
  "home-region": {
    account: member,
    orgEvidence: { accountId: managementAccount, trails: [organizationTrail({ homeRegion: "eu-south-2" })] },
  },
  permissions: {
    trails: [multiRegionTrail()],
    errors: [
      {
        api: "cloudtrail:GetTrailStatus",
        region: "*",
        code: "AccessDeniedException",
        message:
          "User: arn:aws:sts::111122223333:assumed-role/PosturioReadOnly/posturio is not authorized to perform: cloudtrail:GetTrailStatus because no identity-based policy allows the cloudtrail:GetTrailStatus action",
      },
    ],
  },
  exemption: {
    trails: [multiRegionTrail()],
    errors: [
      {
        api: "cloudtrail:DescribeTrails",
        region: "*",
        code: "AccessDeniedException",
        message: "with an explicit deny in a service control policy",
      },
    ],
  },
  china: {
    account: { id: "333333333333", partition: "aws-cn", orgRole: "STANDALONE" },
    regions: [{ name: "cn-north-1", optInStatus: "opt-in-not-required" }],
  },
};

const bucket = "acme-logs";

/** Every trail has a bucket; the cases leave it out, for verdicts do not depend on it. */
function withBuckets(trails: Facts["cloudtrail.trails"]): Facts["cloudtrail.trails"] {
  return Object.fromEntries(
    Object.entries(trails).map(([region, reading]) => [
      region,
      reading.ok
        ? { ...reading, value: reading.value.map((trail) => ({ ...trail, s3BucketName: bucket })) }
        : reading,
    ]),
  );
}

/** What a scan of the world reads, and what it is judged in. */
export function readWorld(over: Partial<TruthTableCase>) {
  const { facts: read, context: judgedIn } = scenario(accountCase(over), now);
  const facts = { ...read, "cloudtrail.trails": withBuckets(read["cloudtrail.trails"]) };
  const evidence = judgedIn.relatedEvidence?.byFact["cloudtrail.trails"];
  const context = {
    ...judgedIn,
    ...(evidence === undefined
      ? {}
      : {
          relatedEvidence: {
            accountId: managementAccount,
            byFact: {
              "cloudtrail.trails": evidence.map((t) => ({
                ...t,
                description: { ...t.description, s3BucketName: bucket },
              })),
            },
          },
        }),
  };
  return { facts, context };
}

export function judged(over: Partial<TruthTableCase>): { evaluation: Evaluation; description: Description } {
  const { facts, context } = readWorld(over);
  const evaluation = check.evaluate(facts, context);
  return { evaluation, description: check.describe(evaluation, facts, { ...context, accountName: "acme" }) };
}

/** Every snippet of every change and of every guardrail. */
export function allSnippets(): readonly Snippet[] {
  return Object.entries(worlds).flatMap(([world, over]) => {
    const { evaluation, description } = judged(over);
    const tabs = description.change?.tabs ?? [];
    if (tabs.length === 0) throw new Error(`${world} has no snippets: ${evaluation.remediation.action}`);
    const guarded = description.guarded;
    const signals = { reason: evaluation.reason, action: evaluation.remediation.action, isRecurring: false };
    const guardrails = guarded === undefined ? [] : (check.guardrails?.(guarded, signals) ?? []);
    return [
      ...tabs.map((tab) => snippet(world, tab)),
      ...guardrails.flatMap(({ id, tabs }) => tabs.map((tab) => snippet(`${world}-${id}`, tab))),
    ];
  });
}

function snippet(name: string, tab: ChangeTab): Snippet {
  return { name: `${name}-${tab.id}`, tab, text: plainText(tab.parts) };
}
