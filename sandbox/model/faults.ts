import type { CaseErrorSpec, FaultSpec, LatencySpec } from "../world/world-file";

export interface FaultTarget {
  readonly account: string;
  /** Account of the role that AssumeRole asks for. */
  readonly roleAccount?: string | undefined;
  readonly service: string;
  readonly api: string;
  readonly region: string;
  /** Trail named by the call: its ARN or name. */
  readonly trail: string | undefined;
}

export interface ActiveFault extends FaultSpec {
  readonly id: string;
}

/** Scripted faults. Latencies add up; of the others the newest that matches decides. */
export class Faults {
  private faults: ActiveFault[] = [];
  private readonly seen = new Map<string, number>();
  private next = 1;

  add(spec: FaultSpec): ActiveFault {
    const fault = { ...spec, id: spec.id ?? `fault-${this.next++}` };
    this.faults = [fault, ...this.faults.filter((other) => other.id !== fault.id)];
    return fault;
  }

  remove(id: string | undefined): number {
    const before = this.faults.length;
    this.faults = id === undefined ? [] : this.faults.filter((fault) => fault.id !== id);
    if (id === undefined) this.seen.clear();
    return before - this.faults.length;
  }

  list(): readonly ActiveFault[] {
    return this.faults;
  }

  /** Delay in milliseconds and at most one fault for this call. Counts it against `first`. */
  strike(target: FaultTarget): { delayMs: number; fault: ActiveFault | undefined } {
    let delayMs = 0;
    let struck: ActiveFault | undefined;
    for (const fault of this.faults) {
      if (!matches(fault, target)) continue;
      if (struck && fault.kind !== "latency" && fault.latencyMs === undefined) continue;
      if (fault.probability !== undefined && Math.random() >= fault.probability) continue;
      if (fault.first !== undefined && !this.within(fault, target)) continue;
      if (fault.latencyMs !== undefined) delayMs += draw(fault.latencyMs);
      if (fault.kind !== "latency") struck ??= fault;
    }
    return { delayMs, fault: struck };
  }

  private within(fault: ActiveFault, target: FaultTarget): boolean {
    const key = `${fault.id} ${target.account} ${target.api} ${target.region}`;
    const count = (this.seen.get(key) ?? 0) + 1;
    this.seen.set(key, count);
    return count <= (fault.first ?? 0);
  }
}

function matches(fault: ActiveFault, target: FaultTarget): boolean {
  if (fault.account !== undefined && fault.account !== "*") {
    if (fault.account !== target.account && fault.account !== target.roleAccount) return false;
  }
  if (fault.region !== undefined && fault.region !== "*" && fault.region !== target.region) return false;
  if (fault.api !== undefined && fault.api !== "*") {
    if (fault.api !== target.api && fault.api !== `${target.service}:*`) return false;
  }
  if (fault.trail === undefined) return true;
  if (target.trail === undefined) return false;
  return target.trail === fault.trail || target.trail.endsWith(`:trail/${fault.trail}`);
}

function draw(latency: LatencySpec): number {
  if (typeof latency === "number") return latency;
  if ("min" in latency) return latency.min + Math.random() * (latency.max - latency.min);
  // Log-normal through the two given percentiles.
  const sigma = Math.log(latency.p99 / latency.p50) / 2.326;
  const normal = Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());
  return latency.p50 * Math.exp(sigma * normal);
}

/** The truth table's errors: a code in one Region or in all. Denials in single Regions are an SCP's work. */
export function faultOfCase(accountId: string, error: CaseErrorSpec): FaultSpec {
  const base = {
    account: accountId,
    api: error.api,
    region: error.region,
    code: error.code,
    ...(error.trail === undefined ? {} : { trail: error.trail }),
    ...(error.message === undefined ? {} : { message: error.message }),
  };
  if (/^(AccessDenied|UnauthorizedOperation)/.test(error.code)) {
    return { ...base, kind: error.region === "*" ? "deny" : "scp" };
  }
  if (/^(Throttling|RequestLimitExceeded|TooManyRequests)/.test(error.code))
    return { ...base, kind: "throttle" };
  if (/^(UnrecognizedClient|AuthFailure|InvalidClientTokenId)/.test(error.code)) {
    return { ...base, kind: "token_refused" };
  }
  if (/^(ExpiredToken|RequestExpired)/.test(error.code)) return { ...base, kind: "expired" };
  return { ...base, kind: "error" };
}
