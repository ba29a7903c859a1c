import { isEnabled } from "../model/account";
import { randomId, type Session } from "../model/identity";
import { type PolicyDocument, permits, type Role, trusts } from "../model/roles";
import { AwsError, validation } from "../wire/aws-error";
import { type Call, isoSeconds, type Service, write } from "./operation";

const roleArnPattern = /^arn:(aws[a-z-]*):iam::(\d{12}):role\/((?:[\w+=,.@/-]+\/)?)([\w+=,.@-]{1,64})$/;

export const sts: Service = {
  eventSource: "sts.amazonaws.com",
  operations: {
    AssumeRole: write(assumeRole),
    GetCallerIdentity: {
      readOnly: true,
      free: true,
      run: ({ principal }) => ({
        Arn: principal.arn,
        UserId: principal.userId,
        Account: principal.account.id,
      }),
    },
  },
};

function assumeRole(call: Call): object {
  const { form, world, principal } = call;
  const roleArn = form.text("RoleArn") ?? "";
  const sessionName = form.text("RoleSessionName") ?? "";
  const externalId = form.text("ExternalId");
  const duration = form.number("DurationSeconds") ?? 3_600;
  checkShape(roleArn, sessionName, externalId, duration);
  const match = roleArnPattern.exec(roleArn);
  const target = match ? world.accounts.get(match[2] ?? "") : undefined;
  const refusal = new AwsError(
    "AccessDenied",
    `User: ${principal.arn} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`,
    403,
  );
  if (!match || !target || target.partition !== match[1]) throw refusal;
  const name = match[4] ?? "";
  const role = target.roles.get(name);
  if (role ? role.arn !== roleArn : !target.anyRole) throw refusal;
  const keys = { "sts:externalid": externalId, "sts:rolesessionname": sessionName };
  if (role && !trusts(role.trust, principal, keys)) throw refusal;
  if (principal.session && permitsNot(principal.session)) throw refusal;
  if (!isEnabled(target, call.region)) {
    throw new AwsError(
      "RegionDisabledException",
      `STS is not activated in this region for account:${target.id}. Your account administrator can activate STS in this region using the IAM Console.`,
      403,
    );
  }
  checkDuration(call, role, duration);
  const policyText = form.text("Policy");
  const session = openSession(call, { role, name, roleArn, sessionName, externalId, duration, policyText });
  return {
    AssumedRoleUser: {
      AssumedRoleId: `${role?.id ?? "AROASANDBOXANYROLEXXX"}:${sessionName}`,
      Arn: session.arn,
    },
    Credentials: {
      AccessKeyId: session.accessKeyId,
      SecretAccessKey: randomId("", 40),
      SessionToken: `sandbox-${session.accessKeyId}-${randomId("", 64)}`,
      // Clients compare this with their own clock, so it is real time even when the world's clock is not.
      Expiration: isoSeconds(Date.now() + duration * 1_000),
    },
    ...(policyText ? { PackedPolicySize: Math.ceil((policyText.length / 2_048) * 50) } : {}),
  };
}

function permitsNot(session: Session): boolean {
  return session.policy !== undefined && permits(session.policy, "sts:AssumeRole") !== "allow";
}

function checkShape(roleArn: string, sessionName: string, externalId: string | undefined, duration: number) {
  if (roleArn.length < 20 || !roleArn.startsWith("arn:")) {
    throw validation("sts", `${roleArn} is invalid`);
  }
  if (!/^[\w+=,.@-]{2,64}$/.test(sessionName)) {
    throw validation(
      "sts",
      `1 validation error detected: Value '${sessionName}' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*`,
    );
  }
  // AWS wants two characters; one is let through for who types `x` where the role trusts everyone.
  if (externalId !== undefined && !/^[\w+=,.@:/-]{1,1224}$/.test(externalId)) {
    throw validation(
      "sts",
      "1 validation error detected: Value at 'externalId' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@:\\/-]*",
    );
  }
  if (!(duration >= 900 && duration <= 43_200)) {
    throw validation(
      "sts",
      `1 validation error detected: Value '${duration}' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900`,
    );
  }
}

function checkDuration(call: Call, role: Role | undefined, duration: number): void {
  if (call.principal.session && duration > 3_600) {
    throw validation(
      "sts",
      "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.",
    );
  }
  if (duration > (role?.maxSessionDuration ?? 3_600)) {
    throw validation(
      "sts",
      "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
    );
  }
}

function openSession(
  call: Call,
  given: {
    role: Role | undefined;
    name: string;
    roleArn: string;
    sessionName: string;
    externalId: string | undefined;
    duration: number;
    policyText: string | undefined;
  },
): Session {
  const { world } = call;
  const accountId = given.roleArn.split(":")[4] ?? "";
  const account = world.accounts.get(accountId);
  if (!account) throw new AwsError("AccessDenied", "Access denied", 403);
  const session: Session = {
    accessKeyId: randomId("ASIA", 20),
    account,
    roleName: given.name,
    role: given.role,
    arn: `arn:${account.partition}:sts::${accountId}:assumed-role/${given.name}/${given.sessionName}`,
    roleArn: given.roleArn,
    sessionName: given.sessionName,
    expiresAt: world.now() + given.duration * 1_000,
    policy: parsePolicy(given.policyText),
    policyText: given.policyText,
    externalId: given.externalId,
  };
  world.sessions.set(session.accessKeyId, session);
  forgetExpired(call);
  return session;
}

const sessionLimit = 10_000;

function forgetExpired({ world }: Call): void {
  if (world.sessions.size <= sessionLimit) return;
  for (const key of world.sessions.keys()) {
    world.sessions.delete(key);
    if (world.sessions.size <= sessionLimit / 2) return;
  }
}

function parsePolicy(text: string | undefined): PolicyDocument | undefined {
  if (text === undefined) return undefined;
  if (text.length > 2_048) {
    throw validation(
      "sts",
      "1 validation error detected: Value at 'policy' failed to satisfy constraint: Member must have length less than or equal to 2048",
    );
  }
  try {
    const document = JSON.parse(text) as PolicyDocument;
    if (typeof document === "object" && document !== null && document.Statement) return document;
  } catch {
    // Reported below, as AWS does, without the parser's words.
  }
  throw new AwsError("MalformedPolicyDocument", "The policy is not in the valid JSON format.", 400);
}
