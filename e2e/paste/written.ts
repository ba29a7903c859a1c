import { readWorld, worlds } from "@/e2e/snippets/collect";
import { enableValidation } from "@/lib/checks/cloudtrail/log-validation-disabled/change";
import type { JudgedTrail } from "@/lib/checks/cloudtrail/log-validation-disabled/judge";
import { changeCode } from "@/lib/checks/cloudtrail/not-multi-region/change/change-code";
import {
  type ChangeInput,
  changeInputOf,
} from "@/lib/checks/cloudtrail/not-multi-region/change/change-input";
import { guardrailsFor } from "@/lib/checks/cloudtrail/not-multi-region/guardrails/guardrails";
import { analyze } from "@/lib/checks/cloudtrail/not-multi-region/rules/decide";
import { chooseRemediation } from "@/lib/checks/cloudtrail/not-multi-region/rules/remediation";
import type { TrailDescription } from "@/lib/checks/facts/cloudtrail";
import type { ChangeTab, ManagedBy, SuggestedChange } from "@/lib/checks/suggested-change";
import { type Replacements, replacedAll } from "./substitute";

/** What a world calls its things, and by which sign this test knows them. */
const signs: Replacements = {
  "t-eu-west-1": "sign-trail",
  "t-us-east-1": "sign-trail",
  "org-trail": "sign-trail",
  main: "sign-trail",
  "acme-logs": "sign-bucket",
  "arn:aws:kms:us-east-1:333333333333:key/1": "sign-key",
  "333333333333": "sign-account",
  "111111111111": "sign-owner",
  "us-east-1": "sign-region",
  "eu-west-1": "sign-home",
  "eu-south-2": "sign-opted",
  "cn-north-1": "sign-region",
  "arn:aws:s3": "sign-value",
  "AWS::S3::Object": "sign-type",
  "what's in S3 %{here}": "sign-name",
};

/** The signs that stand for a value of AWS, a file or a person. */
export const allSigns = [
  ...new Set([...Object.values(signs), "sign-prefix", "sign-organization", "sign-role", "sign-path"]),
];

/** One text to paste, with its tab. */
export interface Written {
  readonly name: string;
  readonly tab: ChangeTab;
}

/**
 * Everything that is written for every world, with what stands for the values of AWS replaced past all patterns: the
 * writers alone must keep them in their place.
 */
export function written(by: Replacements): readonly Written[] {
  const tabs = [...changes(by), ...guardrails(by), ...validation(by)];
  return tabs.map(({ name, tab }) => ({ name: `${name}-${tab.id}`, tab }));
}

const owners: readonly (ManagedBy | null)[] = [
  null,
  { tool: "cloudformation", name: "sign-role", text: "" },
  { tool: "terraform", text: "" },
];

function changes(by: Replacements): readonly Written[] {
  return Object.entries(worlds).flatMap(([world, over]) => {
    const { facts, context: judgedIn } = readWorld(over);
    const context = { ...judgedIn, accountName: "acme" };
    const analysis = analyze(facts, context);
    const choice = chooseRemediation(analysis, context);
    const changeInput = changeInputOf({ analysis, choice, context }, facts);
    return owners.flatMap((managedBy) => {
      const named = replacedAll(replacedAll(withAll({ ...changeInput, managedBy }), signs), by);
      const code = changeCode(named, analysis);
      return tabsOf(`${world}${managedBy === null ? "" : `-owned-${managedBy.tool}`}`, code);
    });
  });
}

/** The undo and what comes after verification are pasted as well. */
function tabsOf(name: string, change: Partial<SuggestedChange>): readonly Written[] {
  const tabs = (change.tabs ?? []).flatMap((tab) => [
    tab,
    ...(tab.undo?.parts === undefined ? [] : [shell(`${tab.id}-undo`, tab.undo.parts)]),
  ]);
  const rest = [
    ...(change.afterwards ?? []).flatMap(({ parts }) =>
      parts === undefined ? [] : [shell("afterwards", parts)],
    ),
  ];
  return [...tabs, ...rest].map((tab) => ({ name, tab }));
}

function shell(id: string, parts: ChangeTab["parts"]): ChangeTab {
  return { id, label: id, language: "shell", parts };
}

/** What the worlds leave out. */
function withAll(changeInput: ChangeInput): ChangeInput {
  const { trail, awsOrganization } = changeInput;
  return {
    ...changeInput,
    scanner: { kind: "role", name: "sign-role", path: "sign-path" },
    trail: trail === null ? null : { ...trail, s3KeyPrefix: "sign-prefix" },
    awsOrganization:
      awsOrganization === null ? null : { ...awsOrganization, organizationId: "sign-organization" },
  };
}

function guardrails(by: Replacements): readonly Written[] {
  const guarded = {
    partition: "aws",
    accountId: "sign-account",
    organizationRole: "MANAGEMENT",
    organizationId: "sign-organization",
    managementAccountId: "sign-owner",
    trail: {
      arn: "arn:aws:cloudtrail:sign-home:sign-account:trail/sign-trail",
      name: "sign-trail",
      homeRegion: "sign-home",
      isOrganization: false,
      bucket: "sign-bucket",
    },
    primaryRegion: "sign-region",
  };
  const signals = { reason: "COVERED", action: "NONE", isRecurring: false };
  return guardrailsFor(replacedAll(guarded, by), signals).flatMap(({ id, tabs }) =>
    tabs.map((tab) => ({ name: `guardrail-${id}`, tab })),
  );
}

function validation(by: Replacements): readonly Written[] {
  const description: TrailDescription = {
    arn: "arn:aws:cloudtrail:sign-home:sign-account:trail/sign-trail",
    name: "sign-trail",
    homeRegion: "sign-home",
    isMultiRegion: true,
    isOrganization: false,
    includeGlobalServiceEvents: true,
    hasCustomEventSelectors: false,
    hasInsightSelectors: false,
    logFileValidationEnabled: false,
    s3BucketName: "sign-bucket",
  };
  const trail = { description, owner: "sign-account", isForeign: false } as JudgedTrail;
  const plan = { isPassing: false, keeps: null, retires: new Set<string>() };
  return tabsOf("validation", enableValidation({ failing: [replacedAll(trail, by)], plan }) ?? {});
}
