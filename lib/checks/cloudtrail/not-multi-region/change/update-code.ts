import { cdkString, templateValue } from "@/lib/checks/snippets/cloudformation";
import { type Block, hclBlock, type Line } from "@/lib/checks/snippets/hcl";
import { shellQuoted } from "@/lib/checks/snippets/shell";
import { objectLines, type Property, typescriptString } from "@/lib/checks/snippets/typescript";
import { camelName, isList, isRecord, pascalName, snakeName, type Value } from "@/lib/checks/snippets/values";
import { visible } from "@/lib/checks/snippets/visible";
import { yamlLines } from "@/lib/checks/snippets/yaml";
import type { ChangeInput, TrailUpdate } from "./change-input";
import type { SelectorList } from "./selector-list";

export const bucketPlaceholder = "YOUR-LOG-BUCKET";

/** The trail as a Terraform resource: what identifies it, and what changes. */
export function terraformTrail({ trail, region, managedBy }: ChangeInput, update: TrailUpdate): string {
  if (trail === null) return "";
  const label = snakeName(trail.name);
  if (managedBy?.tool === "terraform") return ownTerraform(label, update);
  const body: Line[] = [
    ["name", trail.name],
    ["s3_bucket_name", trail.s3BucketName ?? bucketPlaceholder],
    ...(trail.isOrganization ? [["is_organization_trail", true] as const] : []),
    ["is_multi_region_trail", true],
    ["include_global_service_events", true],
    ["enable_logging", true],
    ...(trail.logFileValidationEnabled ? [["enable_log_file_validation", true] as const] : []),
    ...(update.selectors === null ? [] : terraformSelectors(update.selectors)),
    "",
    "# Keep its other arguments as they are.",
    "lifecycle {",
    "  prevent_destroy = true",
    "}",
  ];
  return [
    `# The provider of this resource must be in ${visible(region)}, the trail's home Region.`,
    ...(managedBy === null
      ? [
          "# Not in your state yet? First:",
          `#   terraform import aws_cloudtrail.${label} ${visible(shellQuoted(trail.arn))}`,
        ]
      : []),
    ...hclBlock(`resource "aws_cloudtrail" "${label}"`, body, terraformChanges(update)),
  ].join("\n");
}

/** What changes, for a resource that is in code already. */
function ownTerraform(label: string, update: TrailUpdate): string {
  const body: Line[] = [
    "# Keep its other arguments as they are.",
    ...(update.multiRegion
      ? ([
          ["is_multi_region_trail", true],
          ["include_global_service_events", true],
        ] as const)
      : []),
    ...(update.logging ? [["enable_logging", true] as const] : []),
    ...(update.selectors === null ? [] : terraformSelectors(update.selectors)),
  ];
  return [
    "# In the resource of this trail, whatever its name is there:",
    ...hclBlock(`resource "aws_cloudtrail" "${label}"`, body, terraformChanges(update)),
  ].join("\n");
}

function terraformChanges(update: TrailUpdate): ReadonlySet<string> {
  return new Set([
    ...(update.multiRegion ? ["is_multi_region_trail", "include_global_service_events"] : []),
    ...(update.logging ? ["enable_logging"] : []),
  ]);
}

function terraformSelectors({ kind, list }: SelectorList): readonly Block[] {
  return list.map((selector) => ({
    block: kind === "basic" ? "event_selector" : "advanced_event_selector",
    body: terraformBody(selector),
    isChanged: true,
  }));
}

/** AWS's spelling to the provider's: scalars are arguments, lists of objects are repeated blocks. */
function terraformBody(selector: { readonly [key: string]: Value }): readonly Line[] {
  return Object.entries(selector).flatMap(([key, value]): readonly Line[] => {
    const name = snakeOf(key);
    if (isList(value) && value.some((item) => typeof item === "object")) {
      const singular = name.replace(/s$/, "");
      return value.filter(isRecord).map((item) => ({ block: singular, body: terraformBody(item) }));
    }
    return [[name, value]];
  });
}

function snakeOf(name: string): string {
  return name.replace(/(?<=[a-z])[A-Z]/g, (letter) => `_${letter}`).toLowerCase();
}

/** The trail as a CloudFormation resource. `IsLogging` is required there. */
export function cloudFormationTrail({ trail, managedBy }: ChangeInput, update: TrailUpdate): string {
  if (trail === null) return "";
  const properties = trailProperties(trail, update);
  const changes = changedProperties(update);
  // CDK deploys stacks, so its template is at hand as well.
  if (managedBy?.tool === "cloudformation" || managedBy?.tool === "cdk") {
    return [
      "# In the resource of this trail, whatever its name is there:",
      "Resources:",
      `  ${pascalName(trail.name)}:`,
      "    Type: AWS::CloudTrail::Trail",
      "    Properties:",
      "      # Keep its other properties as they are.",
      ...yamlLines(Object.fromEntries(properties.filter(([name]) => changes.has(name))), changes).map(
        (line) => `      ${line}`,
      ),
    ].join("\n");
  }
  return [
    'AWSTemplateFormatVersion: "2010-09-09"',
    "Resources:",
    `  ${pascalName(trail.name)}:`,
    "    Type: AWS::CloudTrail::Trail",
    "    DeletionPolicy: Retain",
    "    UpdateReplacePolicy: Retain",
    "    Properties:",
    "      # Keep its other properties as they are.",
    ...yamlLines(Object.fromEntries(properties), changes).map((line) => `      ${line}`),
  ].join("\n");
}

/** The trail as the CDK's L1 construct, which has CloudFormation's properties and adds none. */
export function cdkTrail({ trail, region, owner }: ChangeInput, update: TrailUpdate): string {
  if (trail === null) return "";
  const name = pascalName(trail.name);
  const changes = new Set([...changedProperties(update)].map(camelName));
  const properties = trailProperties(trail, update).map(
    ([key, value]): Property => [camelName(key), cdkKeys(templateValue(value))],
  );
  return [
    'import { App, Stack, type StackProps } from "aws-cdk-lib";',
    'import { CfnTrail } from "aws-cdk-lib/aws-cloudtrail";',
    'import type { Construct } from "constructs";',
    "",
    `export class ${name}Stack extends Stack {`,
    "  constructor(scope: Construct, id: string, props: StackProps) {",
    "    super(scope, id, props);",
    "    // Keep its other properties as they are. The construct Trail takes isMultiRegionTrail too.",
    ...nested(`new CfnTrail(this, "${name}", `, objectLines(properties, changes), ");"),
    "  }",
    "}",
    "",
    "// The stack must be in the trail's home Region.",
    `new ${name}Stack(new App(), "${name}", { env: { account: ${cdkString(owner)}, region: ${cdkString(region)} } });`,
  ].join("\n");
}

/** The trail as a Pulumi resource. */
export function pulumiTrail({ trail, region, managedBy }: ChangeInput, update: TrailUpdate): string {
  if (trail === null) return "";
  const selectors = update.selectors;
  const properties: Property[] = [
    ["name", trail.name],
    ["s3BucketName", trail.s3BucketName ?? bucketPlaceholder],
    ...(trail.isOrganization ? [["isOrganizationTrail", true] as const] : []),
    ["isMultiRegionTrail", true],
    ["includeGlobalServiceEvents", true],
    ["enableLogging", true],
    ...(trail.logFileValidationEnabled ? [["enableLogFileValidation", true] as const] : []),
    ...(selectors === null
      ? []
      : [
          [
            selectors.kind === "basic" ? "eventSelectors" : "advancedEventSelectors",
            camelKeys(selectors.list),
          ] as const,
        ]),
  ];
  const changes = new Set([
    ...(update.multiRegion ? ["isMultiRegionTrail", "includeGlobalServiceEvents"] : []),
    ...(update.logging ? ["enableLogging"] : []),
    ...(selectors === null ? [] : ["eventSelectors", "advancedEventSelectors"]),
  ]);
  const call = [
    `${typescriptString(trail.name)},`,
    "// Keep its other properties as they are.",
    ...withLastComma(objectLines(properties, changes)),
    "{ provider: home, protect: true },",
  ];
  return [
    'import * as aws from "@pulumi/aws";',
    "",
    ...(managedBy !== null
      ? []
      : [
          `// Not in your stack yet? pulumi import aws:cloudtrail/trail:Trail ${visible(`${shellQuoted(trail.name)} ${shellQuoted(trail.arn)}`)}`,
        ]),
    `const home = new aws.Provider("home", { region: ${typescriptString(region)} });`,
    "",
    `export const ${camelName(trail.name)}Trail = new aws.cloudtrail.Trail(`,
    ...call.map((line) => `  ${line}`),
    ");",
  ].join("\n");
}

type TrailOf = NonNullable<ChangeInput["trail"]>;

function trailProperties(trail: TrailOf, update: TrailUpdate): readonly (readonly [string, Value])[] {
  const selectors = update.selectors;
  return [
    ["TrailName", trail.name],
    ["S3BucketName", trail.s3BucketName ?? bucketPlaceholder],
    ...(trail.isOrganization ? [["IsOrganizationTrail", true] as const] : []),
    ["IsLogging", true],
    ["IsMultiRegionTrail", true],
    ["IncludeGlobalServiceEvents", true],
    ...(trail.logFileValidationEnabled ? [["EnableLogFileValidation", true] as const] : []),
    ...(selectors === null
      ? []
      : [
          [selectors.kind === "basic" ? "EventSelectors" : "AdvancedEventSelectors", selectors.list] as const,
        ]),
  ];
}

function changedProperties(update: TrailUpdate): ReadonlySet<string> {
  return new Set([
    ...(update.multiRegion ? ["IsMultiRegionTrail", "IncludeGlobalServiceEvents"] : []),
    ...(update.logging ? ["IsLogging"] : []),
    ...(update.selectors === null ? [] : ["EventSelectors", "AdvancedEventSelectors"]),
  ]);
}

/** CDK calls the selectors' `Equals` `equalTo`; everything else keeps its name. */
function cdkKeys(value: Value): Value {
  if (isList(value)) return value.map(cdkKeys);
  if (!isRecord(value)) return value;
  const named = (key: string) => (key === "Equals" ? "equalTo" : camelName(key));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [named(key), cdkKeys(item)]));
}

function camelKeys(value: Value): Value {
  if (isList(value)) return value.map(camelKeys);
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [camelName(key), camelKeys(item)]));
}

/** `head{` … `}tail`, four spaces in. */
function nested(head: string, object: readonly string[], tail: string): readonly string[] {
  const [first = "", ...rest] = object;
  const last = rest.pop() ?? "";
  return [`${head}${first}`, ...rest, `${last}${tail}`].map((line) => `    ${line}`);
}

function withLastComma(lines: readonly string[]): readonly string[] {
  return lines.map((line, index) => (index === lines.length - 1 ? `${line},` : line));
}
