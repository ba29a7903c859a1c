import { AwsError, tokenExpired, tokenRefused } from "../wire/aws-error";
import { bareAccount } from "../world/load-world";
import { type Account, isEnabled } from "./account";
import { accountOfKey, type Principal } from "./identity";
import type { World } from "./world";

/** Who signed, from the access key id alone. Throws what AWS answers to an unknown, expired or misplaced key. */
export function authenticate(
  world: World,
  service: string,
  region: string,
  accessKeyId: string | undefined,
): Principal {
  if (accessKeyId === undefined) {
    throw new AwsError("MissingAuthenticationToken", "Request is missing Authentication Token", 403);
  }
  const session = world.sessions.get(accessKeyId);
  if (session) {
    if (session.expiresAt <= world.now()) throw tokenExpired(service);
    if (!isEnabled(session.account, region)) throw tokenRefused(service);
    return {
      account: session.account,
      accountId: session.account.id,
      arn: session.arn,
      arns: [session.arn, session.roleArn],
      userId: `${session.role?.id ?? "AROASANDBOXANYROLEXXX"}:${session.sessionName}`,
      accessKeyId,
      session,
    };
  }
  const known = world.accessKeys.get(accessKeyId);
  if (known) return principalOf(accountNamed(world, known.accountId), known.arn, accessKeyId);
  const named = accountOfKey(accessKeyId);
  const account = world.onlyAccount ?? (named === undefined ? undefined : accountNamed(world, named));
  if (!account || !isEnabled(account, region)) throw tokenRefused(service);
  return principalOf(account, `arn:${account.partition}:iam::${account.id}:user/admin`, accessKeyId);
}

function accountNamed(world: World, id: string): Account {
  const known = world.accounts.get(id);
  if (known) return known;
  const account = bareAccount(id);
  world.accounts.set(id, account);
  return account;
}

function principalOf(account: Account, arn: string, accessKeyId: string): Principal {
  const assumed = /^(arn:[^:]+):sts::(\d{12}):assumed-role\/([^/]+)\/(.+)$/.exec(arn);
  const roleArn = assumed ? [`${assumed[1]}:iam::${assumed[2]}:role/${assumed[3]}`] : [];
  return {
    account,
    accountId: account.id,
    arn,
    arns: [arn, ...roleArn],
    userId: assumed
      ? `AROASANDBOX${account.id.slice(0, 10)}:${assumed[4]}`
      : `AIDASANDBOX${account.id.slice(0, 10)}`,
    accessKeyId,
  };
}
