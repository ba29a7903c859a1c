import { yamlString } from "@/lib/checks/snippets/yaml";
import {
  policyName,
  type RoleTemplateInput,
  roleActions,
  safeInput,
  sessionNamePattern,
} from "./role-template";

/**
 * The role as a CloudFormation template. Without `input` the two values have no default: that is the file an
 * operator puts into a bucket for quick-create links, which fill them in.
 */
export function cloudFormationTemplate(input?: RoleTemplateInput): string {
  const values = input && safeInput(input);
  const preset = (value: string | undefined) =>
    value === undefined ? "" : `\n    Default: ${yamlString(value)}`;
  const actions = roleActions().map((action) => `                  - ${action}`);
  return `AWSTemplateFormatVersion: '2010-09-09'
Description: Read-only role for Posturio. It reads CloudTrail settings; it can change nothing and reads no logs.

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
    Description: Must begin with Posturio.
    AllowedPattern: 'Posturio[A-Za-z0-9_+=,.@-]{0,56}'
    Default: ${yamlString(values?.roleName ?? "PosturioReadOnly")}

Resources:
  PosturioRole:
    Type: AWS::IAM::Role
    Properties:
      RoleName: !Ref RoleName
      Description: Lets Posturio read CloudTrail settings
      MaxSessionDuration: 3600
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

Outputs:
  RoleArn:
    Description: Paste this into Posturio.
    Value: !GetAtt PosturioRole.Arn
`;
}
