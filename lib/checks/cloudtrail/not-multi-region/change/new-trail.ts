import { awsCommand, changeBlock, option, script } from "@/lib/checks/snippets/aws-cli";
import { cdkString, templateValue } from "@/lib/checks/snippets/cloudformation";
import { Expression, hclBlock, jsonEncode } from "@/lib/checks/snippets/hcl";
import { jsonText } from "@/lib/checks/snippets/json";
import { changed } from "@/lib/checks/snippets/marked";
import { literalLines, typescriptString } from "@/lib/checks/snippets/typescript";
import { indented, pascalName, snakeName, type Value } from "@/lib/checks/snippets/values";
import { visible } from "@/lib/checks/snippets/visible";
import { yamlLines } from "@/lib/checks/snippets/yaml";
import { prefixed } from "./bucket-code";
import { bucketStatements, type Delivery, policyDocument } from "./bucket-policy";
import { cloudtrailCommand, readLogging, readTrail } from "./update-cli";

/** A trail that does not exist yet, with a bucket of its own. */
export interface NewTrail extends Delivery {
  readonly isOrganization: boolean;
}

/** Bucket, its policy, the trail and its start: a trail created by the API logs nothing until it is started. */
export function newTrailCommands(trail: NewTrail): readonly string[] {
  const { bucket, homeRegion: region, trailName: name } = trail;
  const policy = jsonText(policyDocument(bucketStatements(trail)), 2);
  return [
    createBucketCommand(bucket, region),
    awsCommand("s3api put-bucket-policy", [option("--bucket", bucket), option("--policy", policy)]),
    createTrailCommand(trail),
    cloudtrailCommand("start-logging", region, [option("--name", name)]),
  ];
}

/** The same as it is pasted: it ends at the first command that fails. */
export function newTrailBlock(trail: NewTrail): string {
  return script(changeBlock(newTrailCommands(trail), readNewTrail(trail), [removeTrailCommand(trail)]));
}

/** What AWS has now of a trail that was created. */
export function readNewTrail({ homeRegion, trailName }: NewTrail): readonly string[] {
  return [
    readTrail(trailName, homeRegion, ["TrailARN", "IsMultiRegionTrail"]),
    readLogging(trailName, homeRegion),
  ];
}

export function createBucketCommand(bucket: string, region: string): string {
  const place =
    region === "us-east-1" ? [] : [option("--create-bucket-configuration", `LocationConstraint=${region}`)];
  return awsCommand("s3api create-bucket", [
    option("--region", region),
    option("--bucket", bucket),
    ...place,
  ]);
}

export function createTrailCommand({ bucket, homeRegion, trailName, isOrganization }: NewTrail): string {
  return cloudtrailCommand("create-trail", homeRegion, [
    option("--name", trailName),
    option("--s3-bucket-name", bucket),
    changed("--is-multi-region-trail"),
    ...(isOrganization ? [changed("--is-organization-trail")] : []),
    "--enable-log-file-validation",
  ]);
}

/** Takes it back; the bucket stays, for it holds logs. */
export function removeTrailCommand({ homeRegion, trailName }: NewTrail): string {
  return cloudtrailCommand("delete-trail", homeRegion, [option("--name", trailName)]);
}

/** The same as it is pasted. */
export function removeTrailBlock(trail: NewTrail): string {
  return changeBlock([removeTrailCommand(trail)], [listTrail(trail.trailName, trail.homeRegion)], []);
}

/** The trail as its home Region lists it: nothing once it is deleted. */
export function listTrail(trail: string, homeRegion: string): string {
  return cloudtrailCommand("describe-trails", homeRegion, [
    option("--trail-name-list", trail),
    option("--query", "trailList[].TrailARN"),
  ]);
}

export function terraformNewTrail(trail: NewTrail): string {
  const label = snakeName(trail.trailName);
  const bucket = new Expression(`aws_s3_bucket.${label}.id`);
  return [
    `# The provider must be in ${visible(placeOf(trail))}.`,
    ...hclBlock(`resource "aws_s3_bucket" "${label}"`, [["bucket", trail.bucket]]),
    "",
    ...hclBlock(`resource "aws_s3_bucket_public_access_block" "${label}"`, [
      ["bucket", bucket],
      ["block_public_acls", true],
      ["block_public_policy", true],
      ["ignore_public_acls", true],
      ["restrict_public_buckets", true],
    ]),
    "",
    ...hclBlock(`resource "aws_s3_bucket_versioning" "${label}"`, [
      ["bucket", bucket],
      { block: "versioning_configuration", body: [["status", "Enabled"]] },
    ]),
    "",
    ...hclBlock(`resource "aws_s3_bucket_policy" "${label}"`, [
      ["bucket", bucket],
      ["policy", jsonEncode(policyDocument(bucketStatements(trail)))],
    ]),
    "",
    ...hclBlock(
      `resource "aws_cloudtrail" "${label}"`,
      [
        ["name", trail.trailName],
        ["s3_bucket_name", bucket],
        ["is_multi_region_trail", true],
        ...(trail.isOrganization ? [["is_organization_trail", true] as const] : []),
        ["include_global_service_events", true],
        ["enable_logging", true],
        ["enable_log_file_validation", true],
        ["depends_on", new Expression(`[aws_s3_bucket_policy.${label}]`)],
        { block: "lifecycle", body: [["prevent_destroy", true]] },
      ],
      new Set(["is_multi_region_trail", "is_organization_trail"]),
    ),
  ].join("\n");
}

export function cloudFormationNewTrail(trail: NewTrail): string {
  const name = pascalName(trail.trailName);
  const retained = { DeletionPolicy: "Retain", UpdateReplacePolicy: "Retain" };
  const resource = (id: string, body: { readonly [key: string]: Value }) => [
    `  ${id}:`,
    ...indented(yamlLines(body), 4),
  ];
  return [
    'AWSTemplateFormatVersion: "2010-09-09"',
    `# Deploy in ${visible(placeOf(trail))}.`,
    "Resources:",
    ...resource(`${name}Bucket`, {
      Type: "AWS::S3::Bucket",
      ...retained,
      Properties: bucketProperties(trail),
    }),
    ...resource(`${name}BucketPolicy`, {
      Type: "AWS::S3::BucketPolicy",
      Properties: {
        Bucket: { Ref: `${name}Bucket` },
        PolicyDocument: policyDocument(bucketStatements(trail)),
      },
    }),
    `  ${name}:`,
    "    Type: AWS::CloudTrail::Trail",
    ...indented(yamlLines({ DependsOn: `${name}BucketPolicy`, ...retained }), 4),
    "    Properties:",
    ...indented(
      yamlLines(
        { ...trailProperties(trail), S3BucketName: { Ref: `${name}Bucket` } },
        new Set(["IsMultiRegionTrail", "IsOrganizationTrail"]),
      ),
      6,
    ),
  ].join("\n");
}

export function cdkNewTrail(trail: NewTrail): string {
  const name = pascalName(trail.trailName);
  return [
    'import { App, RemovalPolicy, Stack, type StackProps } from "aws-cdk-lib";',
    'import { CfnTrail } from "aws-cdk-lib/aws-cloudtrail";',
    'import { PolicyStatement } from "aws-cdk-lib/aws-iam";',
    'import { BlockPublicAccess, Bucket } from "aws-cdk-lib/aws-s3";',
    'import type { Construct } from "constructs";',
    "",
    `export class ${name}Stack extends Stack {`,
    "  constructor(scope: Construct, id: string, props: StackProps) {",
    "    super(scope, id, props);",
    `    const bucket = new Bucket(this, "${name}Bucket", {`,
    `      bucketName: ${cdkString(trail.bucket)},`,
    "      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,",
    "      versioned: true,",
    "      removalPolicy: RemovalPolicy.RETAIN,",
    "    });",
    ...indented(
      bucketStatements(trail).flatMap((statement) =>
        prefixed(
          "bucket.addToResourcePolicy(PolicyStatement.fromJson(",
          literalLines(templateValue(statement)),
          "));",
        ),
      ),
      4,
    ),
    `    const trail = new CfnTrail(this, "${name}", {`,
    `      trailName: ${cdkString(trail.trailName)},`,
    "      s3BucketName: bucket.bucketName,",
    "      isLogging: true,",
    changed("      isMultiRegionTrail: true,"),
    ...(trail.isOrganization ? [changed("      isOrganizationTrail: true,")] : []),
    "      includeGlobalServiceEvents: true,",
    "      enableLogFileValidation: true,",
    "    });",
    "    // CloudTrail checks the bucket policy when the trail is created.",
    "    if (bucket.policy) trail.node.addDependency(bucket.policy);",
    "  }",
    "}",
    "",
    `new ${name}Stack(new App(), "${name}", { env: { account: ${cdkString(trail.account)}, region: ${cdkString(trail.homeRegion)} } });`,
  ].join("\n");
}

export function pulumiNewTrail(trail: NewTrail): string {
  const name = typescriptString(trail.trailName);
  const document = literalLines(policyDocument(bucketStatements(trail)));
  return [
    'import * as aws from "@pulumi/aws";',
    "",
    `const home = new aws.Provider("home", { region: ${typescriptString(trail.homeRegion)} });`,
    "",
    `const bucket = new aws.s3.Bucket(${name}, { bucket: ${typescriptString(trail.bucket)} }, { provider: home, protect: true });`,
    "",
    "new aws.s3.BucketPublicAccessBlock(",
    `  ${name},`,
    "  {",
    "    bucket: bucket.id,",
    "    blockPublicAcls: true,",
    "    blockPublicPolicy: true,",
    "    ignorePublicAcls: true,",
    "    restrictPublicBuckets: true,",
    "  },",
    "  { provider: home },",
    ");",
    "",
    "const policy = new aws.s3.BucketPolicy(",
    `  ${name},`,
    "  {",
    "    bucket: bucket.id,",
    ...indented(prefixed("policy: JSON.stringify(", document, "),"), 4),
    "  },",
    "  { provider: home },",
    ");",
    "",
    "export const trail = new aws.cloudtrail.Trail(",
    `  ${name},`,
    "  {",
    `    name: ${name},`,
    "    s3BucketName: bucket.id,",
    changed("    isMultiRegionTrail: true,"),
    ...(trail.isOrganization ? [changed("    isOrganizationTrail: true,")] : []),
    "    includeGlobalServiceEvents: true,",
    "    enableLogging: true,",
    "    enableLogFileValidation: true,",
    "  },",
    "  { provider: home, protect: true, dependsOn: [policy] },",
    ");",
  ].join("\n");
}

function placeOf({ homeRegion, isOrganization, account }: NewTrail): string {
  return isOrganization ? `${homeRegion}, in account ${account}` : homeRegion;
}

function bucketProperties(trail: NewTrail): { readonly [key: string]: Value } {
  return {
    BucketName: trail.bucket,
    PublicAccessBlockConfiguration: {
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    },
    VersioningConfiguration: { Status: "Enabled" },
  };
}

function trailProperties(trail: NewTrail): { readonly [key: string]: Value } {
  return {
    TrailName: trail.trailName,
    S3BucketName: trail.bucket,
    IsLogging: true,
    IsMultiRegionTrail: true,
    ...(trail.isOrganization ? { IsOrganizationTrail: true } : {}),
    IncludeGlobalServiceEvents: true,
    EnableLogFileValidation: true,
  };
}
