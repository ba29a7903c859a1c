import { CloudTrailClient } from "@aws-sdk/client-cloudtrail";
import { EC2Client } from "@aws-sdk/client-ec2";
import { OrganizationsClient } from "@aws-sdk/client-organizations";
import { type Credentials, STSClient } from "@aws-sdk/client-sts";

export interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export const scannerKeys: Keys = { accessKeyId: "AKIA999999999999SCAN", secretAccessKey: "secret" };

export function keysOf(accountId: string): Keys {
  return { accessKeyId: `AKIA${accountId}TEST`, secretAccessKey: "secret" };
}

export function sessionKeys(credentials: Credentials | undefined): Keys {
  return {
    accessKeyId: credentials?.AccessKeyId ?? "",
    secretAccessKey: credentials?.SecretAccessKey ?? "",
    sessionToken: credentials?.SessionToken ?? "",
  };
}

/** Real AWS clients pointed at the sandbox, without retries so that errors show at once. */
export function clients(endpoint: string, keys: Keys, region = "us-east-1") {
  const config = { endpoint, region, credentials: keys, maxAttempts: 1 };
  return {
    sts: new STSClient(config),
    ec2: new EC2Client(config),
    organizations: new OrganizationsClient(config),
    cloudtrail: new CloudTrailClient(config),
  };
}
