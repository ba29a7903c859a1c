import { setMaxListeners } from "node:events";
import type { FactName, Facts, FactsByName, Partition } from "@/lib/checks/facts/facts";
import { type ReadFailure, type Reading, read, unread } from "@/lib/checks/facts/reading";
import { primaryRegion } from "@/lib/checks/regions";
import type { Gathering } from "./collectors/collector";
import { collectors } from "./collectors/collector-table";
import { requestedPermissions } from "./collectors/requested-permissions";
import { sessionPolicy } from "./customer-role/customer-policy";
import type { AwsIdentity } from "./session/identity";
import {
  type CustomerRole,
  getCaller,
  openSession,
  type Session,
  unsupportedPartition,
  unsupportedPartitionIn,
} from "./session/session";
import { AwsCalls } from "./wire/aws-calls";
import { defaultWire, type WireSettings } from "./wire/clients";
import { type CallLimiter, sharedLimiter } from "./wire/limiter";
import type { OnCall, RecordedCall } from "./wire/recorded-call";

export interface CollectInput {
  /** The account that the answers must come from. */
  readonly account: { readonly id: string; readonly partition: Partition };
  /** Absent: read with the ambient identity itself. */
  readonly role?: CustomerRole | undefined;
  readonly sessionName: string;
  readonly needs: readonly FactName[];
  /** Ends the scan early. What was not read by then is reported as `deadline`. */
  readonly signal: AbortSignal;
  /** Called once for each call, when it ends. */
  readonly onCall?: OnCall | undefined;
  /** One address for all AWS services, from the operator. */
  readonly endpoint?: string | undefined;
  readonly limits?: Partial<CollectLimits> | undefined;
  readonly wire?: Partial<WireSettings> | undefined;
  readonly limiter?: CallLimiter | undefined;
  readonly baseCredentials?: (() => Promise<AwsIdentity>) | undefined;
}

export interface CollectLimits {
  readonly scanMs: number;
  readonly regionMs: number;
}

const defaultLimits: CollectLimits = { scanMs: 120_000, regionMs: 30_000 };

export interface Collection {
  /** Present when no session in the right account could be had: then there are no facts. */
  readonly connectionFailure?: ReadFailure;
  /** The account as AWS itself names it. */
  readonly accountId?: string;
  readonly facts: Partial<Facts>;
  readonly calls: readonly RecordedCall[];
  /** Reads further facts into this collection, with the same session, limits and deadline. */
  more(needs: readonly FactName[]): Promise<void>;
  /** Ends calls still under way. The credentials live as long as this object. */
  close(): void;
}

/**
 * Reads the facts by their names, with all they build on, all Regions in parallel. Never throws: what could not
 * be read is in the facts as such. Every call is in `calls`. Call `close` when done.
 */
export async function collect(input: CollectInput): Promise<Collection> {
  const limits = { ...defaultLimits, ...input.limits };
  const wire = wireOf(input);
  const calls: RecordedCall[] = [];
  const onCall = (call: RecordedCall): void => {
    calls.push(call);
    input.onCall?.(call);
  };
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(), limits.scanMs);
  const signal = AbortSignal.any([input.signal, deadline.signal]);
  /** Every call under way listens to it; that is no leak. */
  setMaxListeners(0, signal);
  const close = (): void => {
    clearTimeout(timer);
    deadline.abort();
  };
  const without = (connectionFailure: ReadFailure): Collection => {
    close();
    return { connectionFailure, facts: {}, calls, more: async () => {}, close };
  };

  const { partition } = input.account;
  const policy = sessionPolicy();
  const session = await openSession({ ...input, partition, policy, wire }, { signal, onCall });
  if (!session.ok) return without(session.failure);

  const { accountId: stated } = session.value;
  if (stated !== undefined && stated !== input.account.id) {
    return without(otherAccount(stated, input, "sts:AssumeRole"));
  }
  const identity = confirmAccount(session.value, input, { signal, onCall });
  // AssumeRole has named the account: nothing waits to hear it again. Whatever GetCallerIdentity says still counts.
  const mayBuild = stated === undefined ? identity.then(({ ok }) => ok) : Promise.resolve(true);
  const gatherer = new Gatherer(input.account, mayBuild, session.value, {
    limiter: input.limiter ?? sharedLimiter,
    signal,
    onCall,
    regionBudgetMs: limits.regionMs,
  });
  const [confirmed] = await Promise.all([identity, gatherer.gather(input.needs)]);
  if (!confirmed.ok) return without(confirmed.failure);
  return {
    accountId: confirmed.value,
    facts: gatherer.facts,
    calls,
    more: (needs) => gatherer.gather(needs),
    close,
  };
}

/** The wire settings of an input: its endpoint and overrides on the defaults. */
export function wireOf(input: Pick<CollectInput, "endpoint" | "wire">): WireSettings {
  const { endpoint, wire } = input;
  return { ...defaultWire, ...wire, ...(endpoint === undefined ? {} : { endpoint }) };
}

/** A session in another account than declared reads nothing: its answers would be about someone else. */
export async function confirmAccount(
  session: Session,
  { account }: Pick<CollectInput, "account">,
  observation: { signal: AbortSignal; onCall: OnCall },
): Promise<Reading<string>> {
  const seen = await getCaller(session.clients, account.partition, observation);
  if (!seen.ok) return seen;
  const unsupported = unsupportedPartitionIn(seen.value);
  if (unsupported !== null) {
    return unread(unsupportedPartition(unsupported, primaryRegion(account.partition)));
  }
  const { accountId } = seen.value;
  if (accountId === account.id) return read(accountId);
  return unread(otherAccount(accountId, { account }, "sts:GetCallerIdentity"));
}

export function otherAccount(
  accountId: string,
  { account }: Pick<CollectInput, "account">,
  api: string,
): ReadFailure {
  const message = `The session acts in account ${accountId}, not in ${account.id}.`;
  const region = primaryRegion(account.partition);
  return { kind: "arn_invalid", api, region, code: "AccountMismatch", message };
}

interface GathererSettings {
  readonly limiter: CallLimiter;
  readonly signal: AbortSignal;
  readonly onCall: OnCall;
  readonly regionBudgetMs: number;
}

class Gatherer implements Gathering {
  readonly facts: Partial<FactsByName> = {};
  readonly account: CollectInput["account"];
  /** Whether what builds on other facts may be read: settled once the account of the session is known. */
  readonly #mayBuild: Promise<boolean>;
  readonly #calls: AwsCalls;
  readonly #underWay = new Map<FactName, Promise<unknown>>();

  constructor(
    account: CollectInput["account"],
    mayBuild: Promise<boolean>,
    session: Session,
    settings: GathererSettings,
  ) {
    this.account = account;
    this.#mayBuild = mayBuild;
    this.#calls = new AwsCalls({ ...settings, session, accountId: account.id });
  }

  readonly call: Gathering["call"] = (call) => this.#calls.call(call);

  async gather(needs: readonly FactName[]): Promise<void> {
    await Promise.all(needs.map((name) => this.need(name)));
  }

  async need<N extends FactName>(name: N): Promise<FactsByName[N]> {
    const underWay = this.#underWay.get(name) ?? this.#read(name);
    this.#underWay.set(name, underWay);
    await underWay;
    return this.facts[name] as FactsByName[N];
  }

  amend<N extends FactName>(name: N, change: (current: FactsByName[N]) => FactsByName[N]): void {
    const current = this.facts[name];
    if (current !== undefined) this.facts[name] = change(current as FactsByName[N]);
  }

  async #read<N extends FactName>(name: N): Promise<void> {
    const { collect: read } = collectors[name];
    /** What builds on nothing is read while the account is being confirmed; the rest waits for it. */
    if (requestedPermissions[name].requires.length > 0 && !(await this.#mayBuild)) return;
    this.facts[name] = (await read(this)) as FactsByName[N];
  }
}
