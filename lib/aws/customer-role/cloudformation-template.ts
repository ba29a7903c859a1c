import { yamlString } from "@/lib/checks/snippets/yaml";
import { logBucketStatements } from "./log-bucket-policy";
import {
  defaultRoleName,
  logPolicyName,
  policyName,
  type RoleTemplateInput,
  roleActions,
  roleDescription,
  safeInput,
  sessionNamePattern,
} from "./role-template";

/** How many tags the published template takes one by one; a stack passes its own tags on as well. */
export const tagsInTemplate = 3;

/**
 * The role as a CloudFormation template. Without `input` the two values that Posturio sets have no default: that is
 * the file an operator puts into a bucket for quick-create links, which fill them in. What reads a log bucket is part of
 * that file, and of one that is filled in for a bucket.
 */
export function cloudFormationTemplate(input?: RoleTemplateInput): string {
  const values = input && safeInput(input);
  const preset = (value: string | undefined) =>
    value === undefined ? "" : `\n    Default: ${yamlString(value)}`;
  const actions = roleActions().map((action) => `                  - ${action}`);
  const asksForLogs = values === undefined || values.logBucket !== null;
  const tags = values?.tags ?? [];
  const numbers = Array.from({ length: Math.max(tagsInTemplate, tags.length) }, (_, index) => index + 1);
  const tagParameters = numbers.map(
    (number) => `  TagKey${number}:
    Type: String
    MaxLength: 128
    Default: ${yamlString(tags[number - 1]?.key ?? "")}
  TagValue${number}:
    Type: String
    MaxLength: 256
    Default: ${yamlString(tags[number - 1]?.value ?? "")}
`,
  );
  return `AWSTemplateFormatVersion: '2010-09-09'
Description: Read-only role for Posturio. It reads CloudTrail settings, and log files only of a bucket that you name; it can change nothing.

Parameters:
  ExternalId:
    Type: String
    Description: Made by Posturio for this one connection. Do not change it.
    MinLength: 16
    MaxLength: 1224
    AllowedPattern: '[A-Za-z0-9+=,.@:/_-]+'${preset(values?.externalId)}
  PosturioPrincipalArn:
    Type: String
    Description: The identity of Posturio that may assume the role.
    AllowedPattern: 'arn:aws[a-z-]*:iam::[0-9]{12}:(root|(role|user)/.+)'${preset(values?.principalArn)}
  RoleName:
    Type: String
    Description: The connect page says which names and paths Posturio may assume.
    AllowedPattern: '[A-Za-z0-9_+=,.@-]{1,64}'
    Default: ${yamlString(values?.roleName ?? defaultRoleName)}
  RolePath:
    Type: String
    Description: The folders of the role, with a slash at both ends.
    AllowedPattern: '/|/[A-Za-z0-9_+=,.@/-]{1,510}/'
    Default: ${yamlString(values?.rolePath ?? "/")}
  PermissionsBoundaryArn:
    Type: String
    Description: A policy that limits what the role can ever do. Empty for none.
    AllowedPattern: '(arn:aws[a-z-]*:iam::([0-9]{12}|aws):policy/.+)?'
    Default: ${yamlString(values?.permissionsBoundaryArn ?? "")}
${asksForLogs ? logParameter(values?.logBucket ?? "") : ""}${tagParameters.join("")}
Conditions:
  HasBoundary:
    Fn::Not: [Fn::Equals: [!Ref PermissionsBoundaryArn, '']]
${asksForLogs ? logCondition : ""}${numbers.map((number) => `  HasTag${number}:\n    Fn::Not: [Fn::Equals: [!Ref TagKey${number}, '']]`).join("\n")}

Resources:
  PosturioRole:
    Type: AWS::IAM::Role
    Properties:
      RoleName: !Ref RoleName
      Path: !Ref RolePath
      Description: ${roleDescription}
      MaxSessionDuration: 3600
      PermissionsBoundary:
        Fn::If: [HasBoundary, !Ref PermissionsBoundaryArn, !Ref 'AWS::NoValue']
      Tags:
${numbers.map(tagEntry).join("\n")}
      AssumeRolePolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Effect: Allow
            Principal:
              AWS: !Ref PosturioPrincipalArn
            Action: sts:AssumeRole
            Condition:
              StringEquals:
                sts:ExternalId: !Ref ExternalId
              StringLike:
                sts:RoleSessionName: ${yamlString(sessionNamePattern)}
      Policies:
        - PolicyName: ${policyName}
          PolicyDocument:
            Version: '2012-10-17'
            Statement:
              - Effect: Allow
                Action:
${actions.join("\n")}
                Resource: '*'
${asksForLogs ? logPolicy() : ""}
Outputs:
  RoleArn:
    Description: Paste this into Posturio.
    Value: !GetAtt PosturioRole.Arn

Metadata:
  AWS::CloudFormation::Interface:
    ParameterGroups:
      - Label:
          default: Set by Posturio
        Parameters:
          - ExternalId
          - PosturioPrincipalArn
      - Label:
          default: Rules of your organization
        Parameters:
          - RoleName
          - RolePath
          - PermissionsBoundaryArn
${asksForLogs ? "          - LogBucketName\n" : ""}${numbers.map((number) => `          - TagKey${number}\n          - TagValue${number}`).join("\n")}
`;
}

function logParameter(bucket: string): string {
  return `  LogBucketName:
    Type: String
    Description: A bucket whose CloudTrail log files Posturio may read to prove that they arrive. Empty for none.
    AllowedPattern: '([A-Za-z0-9][A-Za-z0-9._-]{1,253}[A-Za-z0-9_])?'
    Default: ${yamlString(bucket)}
`;
}

const logCondition = `  ReadsLogBucket:
    Fn::Not: [Fn::Equals: [!Ref LogBucketName, '']]
`;

function logPolicy(): string {
  return `        - Fn::If:
            - ReadsLogBucket
            - PolicyName: ${logPolicyName}
              PolicyDocument:
                Version: '2012-10-17'
                Statement:
${logStatements()}
            - !Ref AWS::NoValue
`;
}

function logStatements(): string {
  const reference = (name: string) => `\${${name}}`;
  return logBucketStatements(reference("AWS::Partition"), reference("LogBucketName"))
    .flatMap(({ Sid, Effect, Action, Resource, Condition }) => [
      `                  - Sid: ${Sid}`,
      `                    Effect: ${Effect}`,
      `                    Action: ${Action}`,
      `                    Resource: !Sub ${yamlString(Resource)}`,
      ...Object.entries(Condition ?? {}).flatMap(([operator, tests]) => [
        "                    Condition:",
        `                      ${operator}:`,
        ...Object.entries(tests).map(
          ([name, value]) => `                        ${name}: ${yamlString(value)}`,
        ),
      ]),
    ])
    .join("\n");
}

function tagEntry(number: number): string {
  return `        - Fn::If:
            - HasTag${number}
            - Key: !Ref TagKey${number}
              Value: !Ref TagValue${number}
            - !Ref AWS::NoValue`;
}
