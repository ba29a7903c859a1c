import { toolTabs } from "@/lib/checks/cloudtrail/not-multi-region/change/tabs";
import type { Guardrail } from "@/lib/checks/guardrail";
import { awsCommand, changeBlock, option, script } from "@/lib/checks/snippets/aws-cli";
import { cdkString } from "@/lib/checks/snippets/cloudformation";
import { Expression, hclBlock, jsonEncode } from "@/lib/checks/snippets/hcl";
import { jsonText } from "@/lib/checks/snippets/json";
import { policyLiteral } from "@/lib/checks/snippets/policy";
import { literalLines, typescriptString } from "@/lib/checks/snippets/typescript";
import { indented, type Value } from "@/lib/checks/snippets/values";
import { yamlLines } from "@/lib/checks/snippets/yaml";
import type { GuardedTrail } from "./guarded";
import type { GuardrailSignals } from "./signals";

const name = "cloudtrail-changes";

/** Write events, so a plainly enabled rule sees them (EventBridge user guide, management events). */
const pattern = {
  source: ["aws.cloudtrail"],
  "detail-type": ["AWS API Call via CloudTrail"],
  detail: {
    eventSource: ["cloudtrail.amazonaws.com"],
    eventName: ["StopLogging", "DeleteTrail", "UpdateTrail", "PutEventSelectors", "PutInsightSelectors"],
  },
};

/** Notifies people within minutes that someone changed a trail. */
export function eventRuleGuardrail(guarded: GuardedTrail, signals: GuardrailSignals): Guardrail {
  const region = guarded.trail?.homeRegion ?? guarded.primaryRegion;
  const account = guarded.accountId;
  const topic = `arn:${guarded.partition}:sns:${region}:${account}:${name}`;
  const isStopped = signals.action === "START_LOGGING" || signals.reason === "MULTI_REGION_LOGGING_STOPPED";
  return {
    id: "event-rule",
    title: "EventBridge rule",
    where: `Account ${account}, Region ${region}, the home Region: changes of a trail are only accepted there.`,
    stops: ["Nothing on its own: it tells you within minutes who stopped, changed or deleted a trail."],
    doesNotStop: [
      "The change. Pair it with the service control policy.",
      "Silence: EventBridge needs a trail that logs, so once the only trail is stopped later events do not come. Scheduled scans stay necessary.",
      "Changes of an organization trail, which happen in the management account: put the rule there too.",
    ],
    relevance: isStopped
      ? "This trail was stopped. The rule names whoever does it next time, within minutes."
      : null,
    tabs: toolTabs(
      name,
      {
        cli: cli(region, topic),
        terraform: terraform(),
        cloudformation: cloudFormation(),
        cdk: cdk(account, region),
        pulumi: pulumi(region),
      },
      {
        notes: {
          cli: ["Subscribe someone to the topic: an e-mail address, a chat channel, an incident tool."],
        },
      },
    ),
  };
}

function topicPolicy(topic: Value): { readonly [key: string]: Value } {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "AllowEventBridge",
        Effect: "Allow",
        Principal: { Service: "events.amazonaws.com" },
        Action: "sns:Publish",
        Resource: topic,
      },
    ],
  };
}

function cli(region: string, topic: string): string {
  const at = option("--region", region);
  const rule = option("--rule", name);
  const arn = option("--topic-arn", topic);
  return script(
    changeBlock(
      [
        awsCommand("sns create-topic", [at, option("--name", name)]),
        awsCommand("sns set-topic-attributes", [
          at,
          arn,
          "--attribute-name Policy",
          option("--attribute-value", jsonText(topicPolicy(policyLiteral(topic)))),
        ]),
        awsCommand("events put-rule", [
          at,
          option("--name", name),
          option("--event-pattern", jsonText(pattern)),
        ]),
        awsCommand("events put-targets", [at, rule, option("--targets", `Id=topic,Arn=${topic}`)]),
      ],
      [
        awsCommand("events describe-rule", [at, option("--name", name)]),
        awsCommand("events list-targets-by-rule", [at, rule]),
      ],
      [
        awsCommand("events remove-targets", [at, rule, "--ids topic"]),
        awsCommand("events delete-rule", [at, option("--name", name)]),
        awsCommand("sns delete-topic", [at, arn]),
      ],
    ),
  );
}

function terraform(): string {
  const topic = new Expression("aws_sns_topic.cloudtrail_changes.arn");
  return [
    ...hclBlock('resource "aws_sns_topic" "cloudtrail_changes"', [["name", name]]),
    "",
    ...hclBlock('resource "aws_sns_topic_policy" "cloudtrail_changes"', [
      ["arn", topic],
      [
        "policy",
        new Expression(
          jsonEncode(topicPolicy("TOPIC")).text.replace('"TOPIC"', "aws_sns_topic.cloudtrail_changes.arn"),
        ),
      ],
    ]),
    "",
    ...hclBlock('resource "aws_cloudwatch_event_rule" "cloudtrail_changes"', [
      ["name", name],
      ["event_pattern", jsonEncode(pattern)],
    ]),
    "",
    ...hclBlock('resource "aws_cloudwatch_event_target" "cloudtrail_changes"', [
      ["rule", new Expression("aws_cloudwatch_event_rule.cloudtrail_changes.name")],
      ["arn", topic],
    ]),
  ].join("\n");
}

function cloudFormation(): string {
  const topic = { Ref: "CloudTrailChangesTopic" };
  return [
    'AWSTemplateFormatVersion: "2010-09-09"',
    "Resources:",
    ...indented(
      yamlLines({
        CloudTrailChangesTopic: { Type: "AWS::SNS::Topic", Properties: { TopicName: name } },
        CloudTrailChangesTopicPolicy: {
          Type: "AWS::SNS::TopicPolicy",
          Properties: { Topics: [topic], PolicyDocument: topicPolicy(topic) },
        },
        CloudTrailChanges: {
          Type: "AWS::Events::Rule",
          Properties: { Name: name, EventPattern: pattern, Targets: [{ Id: "topic", Arn: topic }] },
        },
      }),
    ),
  ].join("\n");
}

function cdk(account: string, region: string): string {
  return [
    'import { App, Stack } from "aws-cdk-lib";',
    'import { Rule } from "aws-cdk-lib/aws-events";',
    'import { SnsTopic } from "aws-cdk-lib/aws-events-targets";',
    'import { Topic } from "aws-cdk-lib/aws-sns";',
    "",
    `const env = { account: ${cdkString(account)}, region: ${cdkString(region)} };`,
    'const stack = new Stack(new App(), "CloudTrailChanges", { env });',
    `const topic = new Topic(stack, "Topic", { topicName: "${name}" });`,
    'new Rule(stack, "Rule", {',
    `  ruleName: "${name}",`,
    "  eventPattern: {",
    '    source: ["aws.cloudtrail"],',
    '    detailType: ["AWS API Call via CloudTrail"],',
    `    detail: ${literalLines(pattern.detail).join("\n    ")},`,
    "  },",
    "  targets: [new SnsTopic(topic)],",
    "});",
  ].join("\n");
}

function pulumi(region: string): string {
  return [
    'import * as aws from "@pulumi/aws";',
    "",
    `const home = new aws.Provider("home", { region: ${typescriptString(region)} });`,
    `const topic = new aws.sns.Topic("${name}", { name: "${name}" }, { provider: home });`,
    "new aws.sns.TopicPolicy(",
    `  "${name}",`,
    "  {",
    "    arn: topic.arn,",
    "    policy: topic.arn.apply((arn) =>",
    `      JSON.stringify(${literalLines(topicPolicy("ARN")).join("\n      ").replace('"ARN"', "arn")}),`,
    "    ),",
    "  },",
    "  { provider: home },",
    ");",
    "const rule = new aws.cloudwatch.EventRule(",
    `  "${name}",`,
    `  { name: "${name}", eventPattern: JSON.stringify(${literalLines(pattern).join("\n    ")}) },`,
    "  { provider: home },",
    ");",
    "new aws.cloudwatch.EventTarget(",
    `  "${name}",`,
    "  { rule: rule.name, arn: topic.arn },",
    "  { provider: home },",
    ");",
  ].join("\n");
}
