import { permissionLines } from "./customer-policy";

export const defaultRoleName = "PosturioReadOnly";
export const policyName = "PosturioReadConfiguration";
/** Sessions with any other name are refused, so ours can be told apart in the customer's CloudTrail. */
export const sessionNamePattern = "posturio-*";

/** What the three templates of the role differ in from customer to customer. */
export interface RoleTemplateInput {
  /** Made by us, one per connection. */
  readonly externalId: string;
  /** Our scanner's identity in the customer's partition. */
  readonly principalArn: string;
  readonly roleName?: string;
}

/** The IAM actions of the role, in the order in which they are explained. */
export function roleActions(): readonly string[] {
  return permissionLines().map(({ action }) => action);
}

/** Only the principal, with our external id, under our session name. */
export function trustPolicy({ externalId, principalArn }: RoleTemplateInput) {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { AWS: principalArn },
        Action: "sts:AssumeRole",
        Condition: {
          StringEquals: { "sts:ExternalId": externalId },
          StringLike: { "sts:RoleSessionName": sessionNamePattern },
        },
      },
    ],
  } as const;
}

const safe = /^[A-Za-z0-9_+=,.@:/-]+$/;

/** Refuses values that could break out of a quoted string in YAML, HCL or a shell. */
export function safeInput(input: RoleTemplateInput): Required<RoleTemplateInput> {
  const complete = { roleName: defaultRoleName, ...input };
  for (const value of Object.values(complete)) {
    if (!safe.test(value)) throw new RangeError("A value of the role template holds a forbidden character.");
  }
  return complete;
}
