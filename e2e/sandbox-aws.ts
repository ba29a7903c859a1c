import { CloudTrailClient, UpdateTrailCommand } from "@aws-sdk/client-cloudtrail";
import { demo } from "./start-product";

/** The demo's AWS as the owner of an account uses it: over the real wire protocol, with keys of that account. */
function keyOf(accountId: string): string {
  return `AKIA${accountId}TEST`;
}

/** The change that most findings of this check ask for. */
export async function makeMultiRegion(accountId: string, region: string, trail: string): Promise<void> {
  const client = new CloudTrailClient({
    region,
    endpoint: demo().sandboxUrl,
    credentials: { accessKeyId: keyOf(accountId), secretAccessKey: "the-sandbox-checks-no-signatures" },
  });
  await client.send(new UpdateTrailCommand({ Name: trail, IsMultiRegionTrail: true }));
  client.destroy();
}

/** IAM speaks the Query protocol; signing it would take a library for three calls whose signature is not checked. */
async function iam(accountId: string, action: string, parameters: Record<string, string>): Promise<void> {
  const response = await fetch(demo().sandboxUrl, {
    method: "POST",
    headers: {
      "content-type": "application/x-www-form-urlencoded; charset=utf-8",
      authorization: `AWS4-HMAC-SHA256 Credential=${keyOf(accountId)}/20260101/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=0`,
    },
    body: new URLSearchParams({ Action: action, Version: "2010-05-08", ...parameters }),
  });
  if (!response.ok) throw new Error(`${action} was answered ${response.status}: ${await response.text()}`);
}

/** Runs the AWS CLI commands of the connect page under the given role name. Answers the role's ARN. */
export async function makeRole(accountId: string, commands: string, roleName: string): Promise<string> {
  const document = (option: string) => {
    const found = new RegExp(`--${option} '([^']+)'`).exec(commands)?.[1];
    if (found === undefined) throw new Error(`The commands have no --${option}:\n${commands}`);
    return found;
  };
  const path = /--path '?([^' ]+)/.exec(commands)?.[1] ?? "/";
  await iam(accountId, "CreateRole", {
    RoleName: roleName,
    Path: path,
    AssumeRolePolicyDocument: document("assume-role-policy-document"),
  });
  await iam(accountId, "PutRolePolicy", {
    RoleName: roleName,
    PolicyName: "Posturio",
    PolicyDocument: document("policy-document"),
  });
  return `arn:aws:iam::${accountId}:role${path}${roleName}`;
}

/** Time, faults and deployments of the demo's AWS. */
export async function controlSandbox(path: string, body: unknown): Promise<void> {
  const response = await fetch(new URL(`/_sandbox/${path}`, demo().sandboxUrl), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path} was answered ${response.status}: ${await response.text()}`);
}
