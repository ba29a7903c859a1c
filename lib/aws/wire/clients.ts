import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import type { NodeHttpHandler } from "@smithy/node-http-handler";
import type { AwsIdentity } from "@/lib/aws/session/identity";
import type { Partition } from "@/lib/checks/facts/facts";
import { primaryRegion } from "@/lib/checks/regions";
import { keepErrors, WatchedHandler } from "./attempts";
import { MalformedResponse } from "./read-failure";
import type {
  AwsService,
  ClientSettings,
  MiddlewareStack,
  SdkClient,
  UserAgentProvider,
} from "./services/service";

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
  readonly honorAmbientEndpoint: boolean;
}

export const defaultWire: WireSettings = {
  connectionTimeoutMs: 3_000,
  requestTimeoutMs: 10_000,
  maxAttempts: 4,
  honorAmbientEndpoint: false,
};

/** Clients of one set of credentials, one per service and Region, created when first asked for. */
export interface AwsClients {
  of<C extends SdkClient>(service: AwsService<C>, region: string): C;
}

const handlers = new Map<string, NodeHttpHandler>();

/** One handler for all clients: a new one per client costs twice the CPU of a call and all its connections. */
function sharedHandler({ connectionTimeoutMs, requestTimeoutMs }: WireSettings): NodeHttpHandler {
  const key = `${connectionTimeoutMs}/${requestTimeoutMs}`;
  const known = handlers.get(key);
  if (known) return known;
  const sockets = { keepAlive: true, maxSockets: 256, maxFreeSockets: 256 };
  const handler = new WatchedHandler({
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
const noAmbientLookups = {
  defaultsMode: "legacy",
  userAgentAppId: async () => undefined,
  authSchemePreference: async () => [],
  useFipsEndpoint: false,
  useDualstackEndpoint: false,
} as const;

/** The user-agent provider of each service, kept because every client would probe the runtime again. */
const userAgents = new Map<string, UserAgentProvider>();

/** Makes a client, or with what an earlier one of the same service has found out about this process. */
function withSharedUserAgent<C extends SdkClient>(service: AwsService<C>, settings: ClientSettings): C {
  const known = userAgents.get(service.name);
  const client = service.makeClient(known ? { ...settings, defaultUserAgentProvider: known } : settings);
  userAgents.set(service.name, client.config.defaultUserAgentProvider);
  return client;
}

/** Never destroy a client created here: that would close the connections of all the others. */
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
    ...(wire.honorAmbientEndpoint ? {} : noAmbientLookups),
    // An AWS of your own may have a clock of its own, which the SDK would take for our error: it would sign by
    // it, and repeat what was refused.
    ...(wire.endpoint === undefined ? {} : { disableClockSkewCorrection: true }),
  };
  const settings = (service: AwsService<SdkClient>, region: string): ClientSettings => {
    if (wire.endpoint !== undefined) return { ...base, region, endpoint: wire.endpoint };
    return wire.honorAmbientEndpoint ? { ...base, region } : { ...base, ...service.endpoint(region) };
  };
  const clients = new Map<string, SdkClient>();
  return {
    of<C extends SdkClient>(service: AwsService<C>, asked: string): C {
      const region = service.isGlobal ? service.endpoint(primaryRegion(partition)).region : asked;
      const key = `${service.name}/${region}`;
      // Only a client of this service was ever stored under its name.
      const known = clients.get(key) as C | undefined;
      if (known) return known;
      const client = withSharedUserAgent(service, settings(service, region));
      keepErrors(stackOf(client));
      clients.set(key, client);
      return service.answersInXml ? rejectHtml(client) : client;
    },
  };
}

/**
 * Refuses a web page where XML should be: a lenient parser could find something in it. A JSON parser cannot, and
 * test doubles of AWS label their JSON as HTML.
 */
function rejectHtml<C extends SdkClient>(client: C): C {
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
function stackOf(client: SdkClient): MiddlewareStack {
  return client.middlewareStack as MiddlewareStack;
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
