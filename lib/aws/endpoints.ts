import { CloudTrailClient } from "@aws-sdk/client-cloudtrail";
import { EC2Client } from "@aws-sdk/client-ec2";
import { OrganizationsClient } from "@aws-sdk/client-organizations";
import { STSClient } from "@aws-sdk/client-sts";

export interface Endpoint {
  readonly endpoint: string;
  /** The Region that requests are signed for. */
  readonly region: string;
}

type Table = (region: string) => Endpoint;

interface Resolved {
  readonly url: URL;
  readonly properties?: Readonly<Record<string, unknown>>;
}

/**
 * Regional endpoints from the SDK's own tables, without FIPS, dual stack or anything of the environment.
 * Given to a client explicitly they win over AWS_ENDPOINT_URL and the shared configuration.
 */
export const cloudTrailEndpoint: Table = tableOf(() => {
  const { endpointProvider } = new CloudTrailClient({ region: "us-east-1" }).config;
  return (region) => endpointProvider({ Region: region, UseFIPS: false, UseDualStack: false });
});

export const ec2Endpoint: Table = tableOf(() => {
  const { endpointProvider } = new EC2Client({ region: "us-east-1" }).config;
  return (region) => endpointProvider({ Region: region, UseFIPS: false, UseDualStack: false });
});

/** Always Regional: tokens of the global endpoint are refused in opt-in Regions. */
export const stsEndpoint: Table = tableOf(() => {
  const { endpointProvider } = new STSClient({ region: "us-east-1" }).config;
  return (region) =>
    endpointProvider({ Region: region, UseFIPS: false, UseDualStack: false, UseGlobalEndpoint: false });
});

export const organizationsEndpoint: Table = tableOf(() => {
  const { endpointProvider } = new OrganizationsClient({ region: "us-east-1" }).config;
  return (region) => endpointProvider({ Region: region, UseFIPS: false, UseDualStack: false });
});

function tableOf(makeResolver: () => (region: string) => Resolved): Table {
  const known = new Map<string, Endpoint>();
  let resolve: ((region: string) => Resolved) | undefined;
  return (region) => {
    const cached = known.get(region);
    if (cached) return cached;
    resolve ??= makeResolver();
    const { url, properties } = resolve(region);
    const endpoint = { endpoint: url.href, region: signingRegion(properties) ?? region };
    known.set(region, endpoint);
    return endpoint;
  };
}

function signingRegion(properties: Readonly<Record<string, unknown>> | undefined): string | undefined {
  const schemes = properties?.authSchemes;
  if (!Array.isArray(schemes)) return undefined;
  const first: unknown = schemes[0];
  if (typeof first !== "object" || first === null || !("signingRegion" in first)) return undefined;
  return typeof first.signingRegion === "string" ? first.signingRegion : undefined;
}
