import { cdkString, templateValue } from "@/lib/checks/snippets/cloudformation";
import { hclBlock, jsonEncode } from "@/lib/checks/snippets/hcl";
import { changedLines } from "@/lib/checks/snippets/marked";
import { literalLines, typescriptString } from "@/lib/checks/snippets/typescript";
import { camelName, pascalName, snakeName } from "@/lib/checks/snippets/values";
import { yamlLines } from "@/lib/checks/snippets/yaml";
import { bucketStatements, type Delivery, policyDocument } from "./bucket-policy";

const wholePolicy = "A bucket has one policy: add these statements to the ones it has.";

/** The bucket policy as a Terraform resource. */
export function terraformBucketPolicy(delivery: Delivery): string {
  const policy = jsonEncode(policyDocument(bucketStatements(delivery)));
  return [
    `# ${wholePolicy}`,
    ...hclBlock(
      `resource "aws_s3_bucket_policy" "${snakeName(delivery.bucket)}"`,
      [
        ["bucket", delivery.bucket],
        ["policy", policy],
      ],
      new Set(["policy"]),
    ),
  ].join("\n");
}

export function cloudFormationBucketPolicy(delivery: Delivery): string {
  const properties = { Bucket: delivery.bucket, PolicyDocument: policyDocument(bucketStatements(delivery)) };
  return [
    `# ${wholePolicy}`,
    'AWSTemplateFormatVersion: "2010-09-09"',
    "Resources:",
    `  ${pascalName(delivery.bucket)}Policy:`,
    "    Type: AWS::S3::BucketPolicy",
    "    Properties:",
    ...yamlLines(properties, new Set(["PolicyDocument"])).map((line) => `      ${line}`),
  ].join("\n");
}

export function cdkBucketPolicy(delivery: Delivery): string {
  const name = `${pascalName(delivery.bucket)}Policy`;
  const document = literalLines(templateValue(policyDocument(bucketStatements(delivery))));
  return [
    'import { App, Stack, type StackProps } from "aws-cdk-lib";',
    'import { CfnBucketPolicy } from "aws-cdk-lib/aws-s3";',
    'import type { Construct } from "constructs";',
    "",
    `export class ${name}Stack extends Stack {`,
    "  constructor(scope: Construct, id: string, props?: StackProps) {",
    "    super(scope, id, props);",
    `    // ${wholePolicy}`,
    `    new CfnBucketPolicy(this, "${name}", {`,
    `      bucket: ${cdkString(delivery.bucket)},`,
    ...changedLines(prefixed("policyDocument: ", document, ",").map((line) => `      ${line}`)),
    "    });",
    "  }",
    "}",
    "",
    `new ${name}Stack(new App(), "${name}");`,
  ].join("\n");
}

export function pulumiBucketPolicy(delivery: Delivery): string {
  const bucket = typescriptString(delivery.bucket);
  const document = literalLines(policyDocument(bucketStatements(delivery)));
  return [
    'import * as aws from "@pulumi/aws";',
    "",
    `// ${wholePolicy}`,
    `export const ${camelName(delivery.bucket)}Policy = new aws.s3.BucketPolicy(${bucket}, {`,
    `  bucket: ${bucket},`,
    ...changedLines(prefixed("policy: JSON.stringify(", document, "),").map((line) => `  ${line}`)),
    "});",
  ].join("\n");
}

/** Text before the first and after the last line. */
export function prefixed(head: string, lines: readonly string[], tail: string): readonly string[] {
  return lines.map(
    (line, index) => `${index === 0 ? head : ""}${line}${index === lines.length - 1 ? tail : ""}`,
  );
}
