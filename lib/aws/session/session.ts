import { AssumeRoleCommand, GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { fromNodeProviderChain } from "@aws-sdk/credential-providers";
import { type AwsClients, createClients, type WireSettings } from "@/lib/aws/wire/clients";
import { type CallControl, sendCall } from "@/lib/aws/wire/send-call";
import { sts } from "@/lib/aws/wire/services/sts";
import { isPartition, ownerOf, parseArn, partitionNamedIn, partitionNotSupported } from "@/lib/checks/arn";
import type { Partition } from "@/lib/checks/facts/facts";
import { type ReadFailure, type Reading, read } from "@/lib/checks/facts/reading";
import { primaryRegion } from "@/lib/checks/regions";
import type { AwsIdentity } from "./identity";
import { Secret } from "./secret";

/** The shortest session STS gives, in seconds; a scan takes seconds. */
const sessionSeconds = 900;

export interface CustomerRole {
  readonly arn: string;
  readonly externalId: string;
}

export interface SessionInput {
  readonly partition: Partition;
  /** Absent: read with the ambient identity itself (the CLI in one's own account). */
  readonly role?: CustomerRole | undefined;
  /** Shown in the customer's CloudTrail; `posturio-` is put before it when missing. */
  readonly sessionName: string;
  /** JSON policy: what the session may do at most, whatever the role allows. */
  readonly policy: string;
  readonly wire: WireSettings;
  /** Our own identity. Absent: the SDK's default chain (environment, profile, instance or task role). */
  readonly baseCredentials?: (() => Promise<AwsIdentity>) | undefined;
}

/** Credentials of one scan, in memory only. */
export interface Session {
  /** The account that STS said the session acts in; absent when it said nothing of it, as without a role. */
  readonly accountId?: string;
  /** Raised with each renewal: a call reports by it which credentials failed. */
  readonly generation: number;
  readonly clients: AwsClients;
  /**
   * New credentials after `generation` expired or a Region refused its token; false when there are none to be
   * had. One renewal per reason and session: what still fails then is not the session's fault.
   */
  renew(generation: number, reason: string): Promise<boolean>;
}

/** Assumes the role at the Regional STS endpoint of a default Region, whose tokens are valid in every Region. */
export async function openSession(input: SessionInput, control: CallControl): Promise<Reading<Session>> {
  const base = baseClients(input);
  const { role } = input;
  if (!role) return read(ambientSession(base));
  const first = await assumeRole(base, { ...input, role }, control);
  if (!first.ok) return first;
  const again = () => assumeRole(base, { ...input, role }, control);
  return read(new RoleSession(first.value, input, again));
}

const ownClients = new Map<string, AwsClients>();

/**
 * Clients with our own identity, which is only allowed to assume roles. Kept for the life of the process: each
 * would ask the machine again who it is, and the provider itself renews what expires.
 */
export function baseClients(input: Pick<SessionInput, "partition" | "wire" | "baseCredentials">): AwsClients {
  const { partition, wire, baseCredentials } = input;
  if (baseCredentials) return createClients(partition, baseCredentials, wire);
  const key = JSON.stringify([partition, wire]);
  const known = ownClients.get(key);
  if (known) return known;
  const clientConfig = { region: primaryRegion(partition) };
  const clients = createClients(partition, fromNodeProviderChain({ clientConfig }), wire);
  // The environment that a person's own tool honors may change under it; a server's does not.
  if (!wire.honorAmbientEndpoint) ownClients.set(key, clients);
  return clients;
}

export interface AssumeInput {
  readonly partition: Partition;
  readonly role: { readonly arn: string; readonly externalId?: string | undefined };
  readonly sessionName: string;
  readonly policy: string;
}

/** What STS gives for a role. */
export interface AssumedRole {
  readonly identity: Secret<AwsIdentity>;
  /** The account of the session, from its ARN; absent when the answer has none. */
  readonly accountId?: string;
}

export function assumeRole(
  base: AwsClients,
  { partition, role, sessionName, policy }: AssumeInput,
  control: CallControl,
): Promise<Reading<AssumedRole>> {
  const region = primaryRegion(partition);
  const command = new AssumeRoleCommand({
    RoleArn: role.arn,
    RoleSessionName: roleSessionName(sessionName),
    DurationSeconds: sessionSeconds,
    Policy: policy,
    ...(role.externalId === undefined ? {} : { ExternalId: role.externalId }),
  });
  return sendCall(
    {
      api: "sts:AssumeRole",
      region,
      target: role.arn,
      send: (options) => base.of(sts, region).send(command, options),
      parse: ({ Credentials: given, AssumedRoleUser: user }) => {
        if (!given?.AccessKeyId || !given.SecretAccessKey || !given.SessionToken) return undefined;
        const identity = new Secret<AwsIdentity>({
          accessKeyId: given.AccessKeyId,
          secretAccessKey: given.SecretAccessKey,
          sessionToken: given.SessionToken,
        });
        const accountId = ownerOf(user?.Arn ?? "");
        return { identity, ...(accountId ? { accountId } : {}) };
      },
    },
    control,
  );
}

export interface Caller {
  readonly accountId: string;
  /** As the ARN of the caller says it; null when it has none, or one that is not supported. */
  readonly partition: Partition | null;
  readonly arn: string;
}

/** Who the session really is. Needs no permission. */
export function getCaller(
  clients: AwsClients,
  partition: Partition,
  control: CallControl,
): Promise<Reading<Caller>> {
  const region = primaryRegion(partition);
  return sendCall(
    {
      api: "sts:GetCallerIdentity",
      region,
      send: (options) => clients.of(sts, region).send(new GetCallerIdentityCommand({}), options),
      parse: ({ Account, Arn }) =>
        Account && /^\d{12}$/.test(Account)
          ? { accountId: Account, partition: parseArn(Arn ?? "")?.partition ?? null, arn: Arn ?? "" }
          : undefined,
    },
    control,
  );
}

/** The partition of a caller whose account cannot be judged, because its Regions and rules are not known here. */
export function unsupportedPartitionIn({ arn }: Caller): string | null {
  const named = partitionNamedIn(arn);
  return named === null || isPartition(named) ? null : named;
}

/** Why such an account is read no further. */
export function unsupportedPartition(partition: string, region: string): ReadFailure {
  const message = partitionNotSupported(partition);
  return { kind: "unsupported", api: "sts:GetCallerIdentity", region, code: "UnsupportedPartition", message };
}

/** STS accepts 2 to 64 of these characters; the trust policy asks for the prefix. */
export function roleSessionName(name: string): string {
  const prefixed = name.startsWith("posturio-") ? name : `posturio-${name}`;
  return prefixed.replace(/[^\w+=,.@-]/g, "-").slice(0, 64);
}

function ambientSession(clients: AwsClients): Session {
  return { generation: 0, clients, renew: async () => false };
}

class RoleSession implements Session {
  readonly accountId?: string;
  generation = 0;
  clients: AwsClients;
  readonly #input: SessionInput;
  readonly #assume: () => Promise<Reading<AssumedRole>>;
  readonly #renewedFor = new Set<string>();
  #renewal: Promise<boolean> | undefined;

  constructor(
    { identity, accountId }: AssumedRole,
    input: SessionInput,
    assume: () => Promise<Reading<AssumedRole>>,
  ) {
    this.#input = input;
    this.#assume = assume;
    if (accountId !== undefined) this.accountId = accountId;
    this.clients = this.#clientsOf(identity);
  }

  renew(generation: number, reason: string): Promise<boolean> {
    if (this.#renewal) return this.#renewal;
    if (generation < this.generation) return Promise.resolve(true);
    if (this.#renewedFor.has(reason)) return Promise.resolve(false);
    this.#renewedFor.add(reason);
    this.#renewal = this.#renewNow().finally(() => {
      this.#renewal = undefined;
    });
    return this.#renewal;
  }

  async #renewNow(): Promise<boolean> {
    const next = await this.#assume();
    // Another account than before: its answers would be mixed with those of the first.
    if (!next.ok || next.value.accountId !== this.accountId) return false;
    this.clients = this.#clientsOf(next.value.identity);
    this.generation += 1;
    return true;
  }

  #clientsOf(identity: Secret<AwsIdentity>): AwsClients {
    return createClients(this.#input.partition, async () => identity.reveal(), this.#input.wire);
  }
}
