import type { CloudTrailClient } from "@aws-sdk/client-cloudtrail";
import type { NodeHttpHandler } from "@smithy/node-http-handler";
import type { AwsIdentity } from "@/lib/aws/session/identity";
import type { Endpoint } from "@/lib/aws/wire/endpoints";
import type { RateLimit } from "@/lib/aws/wire/limiter";

// Both are the same for every client of the SDK; one of them is enough for all.
/** How a client names itself in its requests. */
export type UserAgentProvider = CloudTrailClient["config"]["defaultUserAgentProvider"];
/** The steps that each request of a client goes through. */
export type MiddlewareStack = CloudTrailClient["middlewareStack"];

/** What a client of any service is created with. */
export interface ClientSettings {
  readonly credentials: () => Promise<AwsIdentity>;
  readonly region: string;
  readonly endpoint?: string;
  readonly maxAttempts: number;
  readonly retryMode: string;
  readonly requestHandler: NodeHttpHandler;
  readonly defaultsMode?: "legacy";
  readonly userAgentAppId?: () => Promise<string | undefined>;
  readonly authSchemePreference?: () => Promise<string[]>;
  readonly useFipsEndpoint?: boolean;
  readonly useDualstackEndpoint?: boolean;
  readonly disableClockSkewCorrection?: boolean;
  readonly defaultUserAgentProvider?: UserAgentProvider;
}

/** A client of the SDK, as far as the wire code looks at it. */
export interface SdkClient {
  readonly config: { readonly defaultUserAgentProvider: UserAgentProvider };
  readonly middlewareStack: object;
}

/** An AWS service that collectors ask: everything that differs between services is said here. */
export interface AwsService<C extends SdkClient> {
  /** The prefix of its IAM actions. */
  readonly name: string;
  makeClient(settings: ClientSettings): C;
  /** Where requests for a Region go, from the SDK's own table. */
  endpoint(region: string): Endpoint;
  /** It has one endpoint per partition: whatever Region is asked for, that one answers. */
  readonly isGlobal?: true;
  /** It answers in XML, whose lenient parser could find something in a web page. */
  readonly answersInXml?: true;
  /** Present when the service allows so little that we could hurt the customer's own tools. */
  readonly limit?: RateLimit;
}
