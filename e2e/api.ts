import type { APIRequestContext } from "@playwright/test";
import type { Ids } from "./routes";
import { demo } from "./start-product";

/** The customers' API, with a token. */
export async function api<T>(request: APIRequestContext, path: string, token = demo().apiToken): Promise<T> {
  const response = await request.get(`${demo().url}/api/v1${path}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  if (!response.ok())
    throw new Error(`GET ${path} was answered ${response.status()}: ${await response.text()}`);
  return (await response.json()) as T;
}

export interface FindingSummary {
  readonly key: string | null;
  readonly checkId: string;
  readonly accountId: string;
  readonly accountName: string;
  readonly awsAccountId: string;
  readonly observation: string;
}

/** A failing finding of the demo organization (with these values, when some are given), once it has been scanned. */
export async function demoIds(
  request: APIRequestContext,
  wanted: Partial<FindingSummary> = {},
): Promise<Ids> {
  // Which one is first changes with what is found; this one has a trail to convert, and every kind of Region.
  const isUsual = wanted.checkId === undefined || wanted.checkId === "cloudtrail.not_multi_region";
  const finding = await firstFailing(request, isUsual ? { accountName: "acme-prod", ...wanted } : wanted);
  const { data } = await api<{ data: { number: number; accountId: string }[] }>(request, "/scans?limit=50");
  const scan = data.find(({ accountId }) => accountId === finding.accountId);
  if (finding.key === null || scan === undefined) throw new Error("The demo has no scan of its finding");
  return {
    org: demo().organization,
    accountId: finding.accountId,
    scanNumber: String(scan.number),
    findingKey: finding.key,
    viewId: await sharedView(request),
  };
}

/** A view that the demo organization shares, one and the same for all tests. */
async function sharedView(request: APIRequestContext): Promise<string> {
  const name = "Critical and high";
  const known = async () => {
    const { data } = await api<{ data: { id: string; name: string }[] }>(request, "/views");
    return data.find((view) => view.name === name)?.id;
  };
  const id = await known();
  if (id !== undefined) return id;
  const made = await request.post(`${demo().url}/api/v1/views`, {
    headers: { authorization: `Bearer ${demo().apiToken}` },
    data: { name, query: "severity=CRITICAL,HIGH" },
  });
  if (made.ok()) return ((await made.json()) as { id: string }).id;
  // Another worker's test was quicker.
  const theirs = made.status() === 409 ? await known() : undefined;
  if (theirs === undefined) throw new Error(`The view was not saved: ${made.status()} ${await made.text()}`);
  return theirs;
}

async function firstFailing(
  request: APIRequestContext,
  wanted: Partial<FindingSummary>,
): Promise<FindingSummary> {
  for (const end = Date.now() + 60_000; Date.now() < end; ) {
    const { data } = await api<{ data: FindingSummary[] }>(request, "/findings?limit=50");
    const asked = Object.entries({ observation: "failing", ...wanted });
    const found = data.find(
      (finding) =>
        finding.key !== null &&
        asked.every(([name, value]) => finding[name as keyof FindingSummary] === value),
    );
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error("The demo's first scans found nothing of the kind within a minute");
}
