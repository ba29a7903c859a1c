const cloudTrailWrites = /^(Create|Update|Delete|Start|Stop|Put|Add|Remove)/;

interface TokenBucket {
  tokens: number;
  at: number;
}

/** AWS's request limits per account, Region and API: CloudTrail reads 10/s, LookupEvents 2/s, writes 1/s. */
export class RateLimits {
  private readonly buckets = new Map<string, TokenBucket>();

  allows(account: string, region: string, service: string, operation: string): boolean {
    const limit = limitOf(service, operation);
    if (!limit) return true;
    const key = `${account} ${region} ${service}:${operation}`;
    const now = Date.now();
    const bucket = this.buckets.get(key) ?? { tokens: limit.capacity, at: now };
    const tokens = Math.min(limit.capacity, bucket.tokens + ((now - bucket.at) / 1_000) * limit.perSecond);
    const allowed = tokens >= 1;
    this.buckets.set(key, { tokens: allowed ? tokens - 1 : tokens, at: now });
    return allowed;
  }
}

function limitOf(service: string, operation: string): { capacity: number; perSecond: number } | undefined {
  if (service === "ec2") return { capacity: 100, perSecond: 20 };
  if (service !== "cloudtrail") return undefined;
  if (operation === "LookupEvents") return { capacity: 2, perSecond: 2 };
  if (cloudTrailWrites.test(operation)) return { capacity: 1, perSecond: 1 };
  return { capacity: 10, perSecond: 10 };
}
