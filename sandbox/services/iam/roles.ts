import { randomId } from "../../model/identity";
import type { PolicyDocument, Role } from "../../model/roles";
import { AwsError, validation } from "../../wire/aws-error";
import type { XmlValue } from "../../wire/xml";
import { type Call, isoSeconds, type Operation, read, write } from "../operation";

/** Enough to connect an account with the AWS CLI, and to take the role away again. */
export const roleOperations: Readonly<Record<string, Operation>> = {
  CreateRole: write(createRole),
  GetRole: read((call) => ({ Role: toXmlRole(roleOf(call)) })),
  ListRoles: read(({ account }) => ({
    Roles: [...account.roles.values()].map(toXmlRole),
    IsTruncated: false,
  })),
  DeleteRole: write(deleteRole),
  UpdateAssumeRolePolicy: write((call) => {
    roleOf(call).trust = trustDocument(call.form.text("PolicyDocument"));
    return {};
  }),
  UpdateRole: write(updateRole),
  PutRolePolicy: write((call) => {
    const role = roleOf(call);
    role.policies ??= new Map();
    role.policies.set(required(call, "PolicyName"), policyDocument(call.form.text("PolicyDocument")));
    return {};
  }),
  GetRolePolicy: read(getRolePolicy),
  DeleteRolePolicy: write((call) => {
    const role = roleOf(call);
    if (!role.policies?.delete(required(call, "PolicyName")))
      throw missing("The role policy cannot be found.");
    return {};
  }),
  ListRolePolicies: read((call) => ({
    PolicyNames: [...(roleOf(call).policies?.keys() ?? [])],
    IsTruncated: false,
  })),
  AttachRolePolicy: write((call) => {
    const arn = required(call, "PolicyArn");
    roleOf(call).attached.set(arn, arn.slice(arn.lastIndexOf("/") + 1));
    return {};
  }),
  DetachRolePolicy: write((call) => {
    if (!roleOf(call).attached.delete(required(call, "PolicyArn"))) throw missing("Policy was not found.");
    return {};
  }),
  ListAttachedRolePolicies: read((call) => ({
    AttachedPolicies: [...roleOf(call).attached].map(([PolicyArn, PolicyName]) => ({
      PolicyName,
      PolicyArn,
    })),
    IsTruncated: false,
  })),
};

function missing(message: string): AwsError {
  return new AwsError("NoSuchEntity", message, 404);
}

function required(call: Call, field: string): string {
  const value = call.form.text(field);
  if (value) return value;
  const name = field.charAt(0).toLowerCase() + field.slice(1);
  throw validation(
    "iam",
    `1 validation error detected: Value null at '${name}' failed to satisfy constraint: Member must not be null`,
  );
}

function roleOf(call: Call): Role {
  const name = required(call, "RoleName");
  const role = call.account.roles.get(name);
  if (!role) throw missing(`The role with name ${name} cannot be found.`);
  return role;
}

function createRole(call: Call): object {
  const { account, form, now } = call;
  const name = required(call, "RoleName");
  if (!/^[\w+=,.@-]{1,64}$/.test(name)) {
    throw validation(
      "iam",
      "The specified value for roleName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-",
    );
  }
  if (account.roles.has(name)) {
    throw new AwsError("EntityAlreadyExists", `Role with name ${name} already exists.`, 409);
  }
  const path = form.text("Path") ?? "/";
  const role: Role = {
    name,
    path,
    arn: `arn:${account.partition}:iam::${account.id}:role${path}${name}`,
    id: randomId("AROA", 21),
    createdAt: now,
    trust: trustDocument(required(call, "AssumeRolePolicyDocument")),
    maxSessionDuration: form.number("MaxSessionDuration") ?? 3_600,
    description: form.text("Description"),
    policies: new Map(),
    attached: new Map(),
    tags: new Map(
      form.indexes("Tags").map((tag) => [form.text(`${tag}.Key`) ?? "", form.text(`${tag}.Value`) ?? ""]),
    ),
  };
  account.roles.set(name, role);
  return { Role: toXmlRole(role) };
}

function updateRole(call: Call): object {
  const role = roleOf(call);
  role.description = call.form.text("Description") ?? role.description;
  role.maxSessionDuration = call.form.number("MaxSessionDuration") ?? role.maxSessionDuration;
  return {};
}

function deleteRole(call: Call): object {
  const role = roleOf(call);
  if ((role.policies?.size ?? 0) > 0) {
    throw new AwsError("DeleteConflict", "Cannot delete entity, must delete policies first.", 409);
  }
  if (role.attached.size > 0) {
    throw new AwsError("DeleteConflict", "Cannot delete entity, must detach all policies first.", 409);
  }
  call.account.roles.delete(role.name);
  return {};
}

function getRolePolicy(call: Call): object {
  const role = roleOf(call);
  const name = required(call, "PolicyName");
  const document = role.policies?.get(name);
  if (!document) throw missing(`The role policy with name ${name} cannot be found.`);
  return {
    RoleName: role.name,
    PolicyName: name,
    PolicyDocument: encodeURIComponent(JSON.stringify(document)),
  };
}

function policyDocument(text: string | undefined): PolicyDocument {
  try {
    const document = JSON.parse(text ?? "") as PolicyDocument;
    if (document.Statement) return document;
  } catch {
    // Answered below in AWS's words.
  }
  throw new AwsError("MalformedPolicyDocument", "Syntax errors in policy.", 400);
}

function trustDocument(text: string | undefined): PolicyDocument {
  const document = policyDocument(text);
  for (const statement of [document.Statement].flat()) {
    if (!statement.Principal) {
      throw new AwsError("MalformedPolicyDocument", "Missing required field Principal", 400);
    }
    const named = typeof statement.Principal === "string" ? [] : [statement.Principal.AWS ?? []].flat();
    for (const name of named) {
      if (name !== "*" && !/^\d{12}$/.test(name) && !/^arn:aws[a-z-]*:(iam|sts)::\d{12}:.+$/.test(name)) {
        throw new AwsError("MalformedPolicyDocument", `Invalid principal in policy: "AWS":"${name}"`, 400);
      }
    }
  }
  return document;
}

function toXmlRole(role: Role): { [name: string]: XmlValue } {
  return {
    Path: role.path,
    RoleName: role.name,
    RoleId: role.id,
    Arn: role.arn,
    CreateDate: isoSeconds(role.createdAt),
    AssumeRolePolicyDocument: encodeURIComponent(JSON.stringify(role.trust)),
    Description: role.description,
    MaxSessionDuration: role.maxSessionDuration,
    Tags: role.tags.size > 0 ? [...role.tags].map(([Key, Value]) => ({ Key, Value })) : undefined,
  };
}
