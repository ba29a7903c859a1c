import { toolTabs } from "@/lib/checks/cloudtrail/not-multi-region/change/tabs";
import type { Guardrail } from "@/lib/checks/guardrail";
import { awsCommand, changeBlock, option } from "@/lib/checks/snippets/aws-cli";
import { cdkString } from "@/lib/checks/snippets/cloudformation";
import { hclBlock, jsonEncode } from "@/lib/checks/snippets/hcl";
import { jsonText } from "@/lib/checks/snippets/json";
import { indented } from "@/lib/checks/snippets/values";
import { yamlLines } from "@/lib/checks/snippets/yaml";
import type { GuardedTrail } from "./guarded";

const name = "multi-region-cloudtrail-enabled";
const identifier = "MULTI_REGION_CLOUD_TRAIL_ENABLED";
const parameters = { readWriteType: "ALL", includeManagementEvents: "true" };
const frequency = "Six_Hours";

/** AWS's own periodic rule: a second opinion inside the account. */
export function configRuleGuardrail(guarded: GuardedTrail): Guardrail {
  const rule = {
    ConfigRuleName: name,
    Source: { Owner: "AWS", SourceIdentifier: identifier },
    InputParameters: JSON.stringify(parameters),
    MaximumExecutionFrequency: frequency,
  };
  return {
    id: "config-rule",
    title: "AWS Config managed rule",
    where: `Account ${guarded.accountId}, Region ${guarded.primaryRegion}; Config must record there. Or once for all accounts, as an organization rule.`,
    stops: [
      "Nothing on its own: it reports within hours that no multi-Region trail logs all management events.",
    ],
    doesNotStop: [
      "Delivery that fails, and Regions that a copy of the trail leaves out: the rule looks at the configuration.",
      "Several trails that cover together: the rule wants one trail that holds everything.",
    ],
    relevance: null,
    tabs: toolTabs(
      name,
      {
        cli: cli(guarded.primaryRegion, rule),
        terraform: hclBlock('resource "aws_config_config_rule" "multi_region_cloudtrail_enabled"', [
          ["name", name],
          ["maximum_execution_frequency", frequency],
          ["input_parameters", jsonEncode(parameters)],
          {
            block: "source",
            body: [
              ["owner", "AWS"],
              ["source_identifier", identifier],
            ],
          },
        ]).join("\n"),
        cloudformation: [
          'AWSTemplateFormatVersion: "2010-09-09"',
          "Resources:",
          "  MultiRegionCloudTrailEnabled:",
          "    Type: AWS::Config::ConfigRule",
          "    Properties:",
          ...indented(yamlLines({ ...rule, InputParameters: parameters }), 6),
        ].join("\n"),
        cdk: [
          'import { App, Stack } from "aws-cdk-lib";',
          'import { ManagedRule, MaximumExecutionFrequency } from "aws-cdk-lib/aws-config";',
          "",
          `const env = { account: ${cdkString(guarded.accountId)}, region: ${cdkString(guarded.primaryRegion)} };`,
          'const stack = new Stack(new App(), "AuditRules", { env });',
          'new ManagedRule(stack, "MultiRegionCloudTrailEnabled", {',
          `  configRuleName: "${name}",`,
          `  identifier: "${identifier}",`,
          `  inputParameters: ${JSON.stringify(parameters)},`,
          "  maximumExecutionFrequency: MaximumExecutionFrequency.SIX_HOURS,",
          "});",
        ].join("\n"),
        pulumi: [
          'import * as aws from "@pulumi/aws";',
          "",
          `export const rule = new aws.cfg.Rule("${name}", {`,
          `  name: "${name}",`,
          `  maximumExecutionFrequency: "${frequency}",`,
          `  inputParameters: JSON.stringify(${JSON.stringify(parameters)}),`,
          `  source: { owner: "AWS", sourceIdentifier: "${identifier}" },`,
          "});",
        ].join("\n"),
      },
      { notes: { cli: ["Config is billed per recorded item and per evaluation."] } },
    ),
  };
}

function cli(region: string, rule: object): string {
  const at = option("--region", region);
  const named = option("--config-rule-name", name);
  return changeBlock(
    [awsCommand("configservice put-config-rule", [at, option("--config-rule", jsonText(rule))])],
    [awsCommand("configservice describe-config-rules", [at, option("--config-rule-names", name)])],
    [awsCommand("configservice delete-config-rule", [at, named])],
  );
}
