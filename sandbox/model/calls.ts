export interface CallRecord {
  readonly at: string;
  readonly account: string;
  readonly principal: string;
  readonly region: string;
  readonly api: string;
  readonly target?: string;
  readonly outcome: string;
  readonly requestId: string;
  readonly durationMs: number;
  readonly sessionPolicy?: boolean;
}

export interface CallCount {
  account: string;
  region: string;
  api: string;
  total: number;
  maxPerSecond: number;
}

/** The highest rate of one service's calls in one Region of one account, whatever the API. */
export interface CallRate {
  readonly account: string;
  readonly region: string;
  readonly service: string;
  readonly maxPerSecond: number;
}

interface Counter extends CallCount {
  second: number;
  inSecond: number;
}

const logLimit = 20_000;

/** Log and counters of every wire call, in real time. */
export class Calls {
  private log: CallRecord[] = [];
  private readonly counters = new Map<string, Counter>();
  /** As `counters`, with the service in place of the API. */
  private readonly services = new Map<string, Counter>();
  total = 0;
  inFlight = 0;
  maxInFlight = 0;

  count(account: string, region: string, api: string): void {
    this.total++;
    tally(this.counters, account, region, api);
    tally(this.services, account, region, api.slice(0, api.indexOf(":")));
  }

  add(record: CallRecord): void {
    this.log.push(record);
    if (this.log.length > logLimit) this.log.splice(0, logLimit / 4);
  }

  records(): readonly CallRecord[] {
    return this.log;
  }

  counts(): CallCount[] {
    return [...this.counters.values()].map(({ account, region, api, total, maxPerSecond }) => ({
      account,
      region,
      api,
      total,
      maxPerSecond,
    }));
  }

  rates(): CallRate[] {
    return [...this.services.values()].map(({ account, region, api, maxPerSecond }) => ({
      account,
      region,
      service: api,
      maxPerSecond,
    }));
  }

  clear(): void {
    this.log = [];
    this.counters.clear();
    this.services.clear();
    this.total = 0;
    this.maxInFlight = this.inFlight;
  }
}

function tally(counters: Map<string, Counter>, account: string, region: string, api: string): void {
  const key = `${account} ${region} ${api}`;
  const second = Math.floor(Date.now() / 1_000);
  let counter = counters.get(key);
  if (!counter) {
    counter = { account, region, api, total: 0, maxPerSecond: 0, second, inSecond: 0 };
    counters.set(key, counter);
  }
  if (counter.second !== second) {
    counter.second = second;
    counter.inSecond = 0;
  }
  counter.total++;
  counter.inSecond++;
  if (counter.inSecond > counter.maxPerSecond) counter.maxPerSecond = counter.inSecond;
}
