export interface Endpoint {
  readonly endpoint: string;
  /** The Region that requests are signed for. */
  readonly region: string;
}

interface Resolved {
  readonly url: URL;
  readonly properties?: Readonly<Record<string, unknown>>;
}

/** Nothing of the environment: neither FIPS nor dual stack. */
export const plainEndpoint = { UseFIPS: false, UseDualStack: false } as const;

/**
 * The endpoints of one service from the SDK's own table, kept once resolved. Given to a client explicitly they win
 * over AWS_ENDPOINT_URL and the shared configuration. `makeResolver` is called at the first question: it makes a
 * client only to borrow its table.
 */
export function endpointTable(
  makeResolver: () => (region: string) => Resolved,
): (region: string) => Endpoint {
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
