const unit = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** ISO 8601, or an offset from `now` such as "-4d", "-90m", "-5s". Returns milliseconds. */
export function parseTime(text: string, now: number): number {
  const relative = /^([+-]?\d+(?:\.\d+)?)([smhd])$/.exec(text);
  if (relative) return now + Number(relative[1]) * unit[relative[2] as keyof typeof unit];
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw new Error(`Not a time: ${text}`);
  return time;
}

/** World time: a base that runs with real time, can be moved, and can be frozen. */
export class Clock {
  private base: number;
  private since: number;
  private frozen = false;

  constructor(base: number = Date.now()) {
    this.base = base;
    this.since = Date.now();
  }

  now(): number {
    return this.frozen ? this.base : this.base + (Date.now() - this.since);
  }

  set(time: number): void {
    this.base = time;
    this.since = Date.now();
  }

  advance(milliseconds: number): void {
    this.set(this.now() + milliseconds);
  }

  freeze(frozen: boolean): void {
    this.set(this.now());
    this.frozen = frozen;
  }

  get isFrozen(): boolean {
    return this.frozen;
  }
}
