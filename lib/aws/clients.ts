import { AsyncLocalStorage } from "node:async_hooks";
import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { CloudTrailClient } from "@aws-sdk/client-cloudtrail";
import { EC2Client } from "@aws-sdk/client-ec2";
import { OrganizationsClient } from "@aws-sdk/client-organizations";
import { STSClient } from "@aws-sdk/client-sts";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import type { Partition } from "@/lib/checks/facts/facts";
import { primaryRegion } from "@/lib/checks/regions";
import {
  cloudTrailEndpoint,
  type Endpoint,
  ec2Endpoint,
  organizationsEndpoint,
  stsEndpoint,
} from "./endpoints";
import { MalformedResponse } from "./read-failure";

export interface AwsIdentity {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** How requests are sent. Times in milliseconds. */
export interface WireSettings {
  readonly connectionTimeoutMs: number;
  /** For one attempt, until its answer is complete. */
  readonly requestTimeoutMs: number;
  /** Attempts of one call in all; the SDK's standard retry decides which errors are worth another. */
  readonly maxAttempts: number;
  /** One address for every service (an AWS of your own). Wins over everything ambient. */
  readonly endpoint?: string;
  /**
   * Whether AWS_ENDPOINT_URL and the shared configuration may redirect requests. A server says no: a signed
   * request with a customer's session would go to wherever its environment points.
   */
  readonly honourAmbientEndpoint: boolean;
}

export const defaultWire: WireSettings = {
  connectionTimeoutMs: 3_000,
  requestTimeoutMs: 10_000,
  maxAttempts: 4,
  honourAmbientEndpoint: false,
};

/** Clients of one set of credentials, one per service and Region, made when first asked for. */
export interface AwsClients {
  cloudTrail(region: string): CloudTrailClient;
  ec2(region: string): EC2Client;
  sts(region: string): STSClient;
  /** Organizations has one endpoint per partition. */
  organizations(): OrganizationsClient;
}

/** Errors of single attempts, for a call that was cut off between two of them. */
export const attemptErrors = new AsyncLocalStorage<{ errors: unknown[]; sent: number }>();

const handlers = new Map<string, NodeHttpHandler>();

/** One handler for all clients: a new one per client costs twice the CPU of a call and all its connections. */
function sharedHandler({ connectionTimeoutMs, requestTimeoutMs }: WireSettings): NodeHttpHandler {
  const key = `${connectionTimeoutMs}/${requestTimeoutMs}`;
  const known = handlers.get(key);
  if (known) return known;
  const sockets = { keepAlive: true, maxSockets: 256, maxFreeSockets: 128 };
  const handler = new NodeHttpHandler({
    httpAgent: new HttpAgent(sockets),
    httpsAgent: new HttpsAgent(sockets),
    connectionTimeout: connectionTimeoutMs,
    requestTimeout: requestTimeoutMs,
    socketTimeout: requestTimeoutMs,
    throwOnRequestTimeout: true,
  });
  handlers.set(key, handler);
  return handler;
}

/**
 * What a client otherwise looks up in environment and shared configuration at its first call, which costs more
 * than the call. A scan makes some twenty clients; on a server these look-ups find nothing and must change nothing.
 */
const looksNothingUp = {
  defaultsMode: "legacy",
  userAgentAppId: async () => undefined,
  authSchemePreference: async () => [],
  useFipsEndpoint: false,
  useDualstackEndpoint: false,
} as const;

type UserAgentProvider = CloudTrailClient["config"]["defaultUserAgentProvider"];

/** How a service's clients name themselves: each would find out anew what it runs on. */
const userAgents = new Map<string, UserAgentProvider>();

/** Makes a client, or with what an earlier one of the same service has found out about this process. */
function informed<S extends object, C extends AnyClient>(
  Client: new (settings: S & { defaultUserAgentProvider?: UserAgentProvider }) => C,
  settings: S,
): C {
  const known = userAgents.get(Client.name);
  const client = new Client(known ? { ...settings, defaultUserAgentProvider: known } : settings);
  userAgents.set(Client.name, client.config.defaultUserAgentProvider);
  return client;
}

/** Never destroy a client made here: that would close the connections of all the others. */
export function createClients(
  partition: Partition,
  credentials: () => Promise<AwsIdentity>,
  wire: WireSettings,
): AwsClients {
  const base = {
    credentials,
    maxAttempts: wire.maxAttempts,
    retryMode: "standard",
    requestHandler: sharedHandler(wire),
    ...(wire.honourAmbientEndpoint ? {} : looksNothingUp),
  };
  const settings = (region: string, table: (region: string) => Endpoint) => {
    if (wire.endpoint !== undefined) return { ...base, region, endpoint: wire.endpoint };
    return wire.honourAmbientEndpoint ? { ...base, region } : { ...base, ...table(region) };
  };
  const organizationsRegion = organizationsEndpoint(primaryRegion(partition)).region;
  const organizations = perRegion((region) =>
    watched(informed(OrganizationsClient, settings(region, organizationsEndpoint))),
  );
  return {
    cloudTrail: perRegion((region) =>
      watched(informed(CloudTrailClient, settings(region, cloudTrailEndpoint))),
    ),
    ec2: perRegion((region) => withoutWebPages(watched(informed(EC2Client, settings(region, ec2Endpoint))))),
    sts: perRegion((region) => withoutWebPages(watched(informed(STSClient, settings(region, stsEndpoint))))),
    organizations: () => organizations(organizationsRegion),
  };
}

function perRegion<C>(make: (region: string) => C): (region: string) => C {
  const clients = new Map<string, C>();
  return (region) => {
    const known = clients.get(region);
    if (known) return known;
    const client = make(region);
    clients.set(region, client);
    return client;
  };
}

type AnyClient = CloudTrailClient | EC2Client | STSClient | OrganizationsClient;

/** Keeps the error of each attempt. */
function watched<C extends AnyClient>(client: C): C {
  stackOf(client).add(
    (next) => async (args) => {
      const attempts = attemptErrors.getStore();
      if (attempts) attempts.sent += 1;
      try {
        return await next(args);
      } catch (error) {
        attempts?.errors.push(error);
        throw error;
      }
    },
    { step: "finalizeRequest", priority: "low", name: "posturioAttempts" },
  );
  return client;
}

/**
 * Refuses a web page where XML should be: a lenient parser could find something in it. A JSON parser cannot, and
 * test doubles of AWS label their JSON as HTML.
 */
function withoutWebPages<C extends AnyClient>(client: C): C {
  stackOf(client).add(
    (next) => async (args) => {
      const result = await next(args);
      refuseWebPage(result.response);
      return result;
    },
    { step: "deserialize", priority: "low", name: "posturioWebPages" },
  );
  return client;
}

/** The stacks differ only in the types of their commands, and our steps look at none. */
function stackOf(client: AnyClient): CloudTrailClient["middlewareStack"] {
  return client.middlewareStack as CloudTrailClient["middlewareStack"];
}

function refuseWebPage(response: unknown): void {
  if (typeof response !== "object" || response === null || !("headers" in response)) return;
  const { headers, statusCode } = response as { headers: Record<string, string>; statusCode?: number };
  if (!/^text\/html/i.test(headers["content-type"] ?? "")) return;
  const requestId = headers["x-amzn-requestid"];
  throw new MalformedResponse("The answer was a web page, not the AWS protocol.", {
    ...(statusCode === undefined ? {} : { httpStatusCode: statusCode }),
    ...(requestId === undefined ? {} : { requestId }),
  });
}
