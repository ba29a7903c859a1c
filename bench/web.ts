/**
 * What a page costs: the demo organization on the built web server, asked in an open loop at 10, 20 and 40 requests a
 * second, all on this machine. Prints p50, p95, errors and bytes; fails when a request fails or the server ends.
 *
 *   --rates 10,20,40  --seconds 12
 *   --most MS         fail when p95 of list or finding at the highest rate is above it
 *   --large [N]       an organization with N accounts and twice as many findings instead, at 20 a second
 *   --only NAME       one page: findings, finding, accounts, …
 *   --profile DIR     writes a CPU profile of the web process there
 */
import { parseArgs } from "node:util";
import { familyCpuMs, familyOf, machineBusyMs, usageOf } from "./throughput/process-usage";
import { insertLargeOrganization } from "./web/large-organization";
import { get, load, type Target, textOf } from "./web/load";
import { closeConnections, type Product, signIn, startProduct } from "./web/product";

const { values } = parseArgs({
  options: {
    rates: { type: "string" },
    seconds: { type: "string", default: "12" },
    most: { type: "string" },
    large: { type: "string" },
    only: { type: "string" },
    profile: { type: "string" },
  },
});
const rates = (values.rates ?? (values.large ? "20" : "10,20,40")).split(",").map(Number);
const most = Number(values.most ?? Number.POSITIVE_INFINITY);
const faults: string[] = [];

const product = await startProduct(
  values.profile === undefined ? [] : ["--cpu-prof", `--cpu-prof-dir=${values.profile}`],
);
try {
  const all = values.large === undefined ? await ofDemo(product) : await ofLarge(Number(values.large));
  const targets = all.filter(({ name }) => values.only === undefined || name === values.only);
  console.table(await sizes(targets));
  const rows: Record<string, Record<string, unknown>> = {};
  for (const target of targets) {
    for (const rate of rates) {
      const before = reading();
      const result = await load(target, rate, Number(values.seconds));
      const after = reading();
      rows[`${target.name}, ${rate} a second`] = {
        "p50, ms": result.p50Ms,
        "p95, ms": result.p95Ms,
        errors: result.errors,
        "web CPU a request, ms": Math.round((after.web - before.web) / result.sent),
        "PostgreSQL, ms": Math.round((after.postgres - before.postgres) / result.sent),
        "cores used by others": ((after.others - before.others) / (after.at - before.at)).toFixed(2),
      };
      if (result.errors > 0)
        faults.push(`${target.name} at ${rate}: ${result.errors} × ${result.firstError}`);
      const isGated = /^findings?$/.test(target.name) && rate === Math.max(...rates);
      if (isGated && result.p95Ms > most) faults.push(`${target.name} at ${rate}: p95 ${result.p95Ms} ms`);
    }
  }
  console.table(rows);
  // One that ended was replaced, which a table of times does not show.
  if (!product.web.isRunning() || /web process ended/.test(product.web.output()))
    faults.push(`A web process ended:\n${product.web.output().slice(-2_000)}`);
  console.log(`web processes: ${familyOf(product.web.pid).map(megabytes).join(", ")} MB at the end`);
  for (const fault of faults) console.error(`Failed: ${fault}`);
  process.exitCode = faults.length === 0 ? 0 : 1;
} finally {
  await closeConnections();
  await product.web.stop();
  await product.installation.stop();
}

function megabytes(pid: number): number {
  return Math.round(usageOf(pid)?.rssMb ?? Number.NaN);
}

/** CPU time so far: what is neither the server's, the database's nor ours is that of others on this machine. */
function reading() {
  const web = familyCpuMs(product.web.pid) ?? Number.NaN;
  const postgres = familyCpuMs(product.installation.postgresPid) ?? Number.NaN;
  const own = web + postgres + (usageOf(process.pid)?.cpuMs ?? Number.NaN);
  return { at: performance.now(), web, postgres, others: machineBusyMs() - own };
}

function page(
  { url, cookie }: Pick<Product, "url" | "cookie">,
  name: string,
  path: string,
  expected: string,
): Target {
  return { name, url: url + path, headers: () => ({ cookie }), expected };
}

function endpoint({ url, tokens }: Pick<Product, "url" | "tokens">, name: string, path: string): Target {
  return {
    name,
    url: `${url}/api/v1${path}`,
    headers: (index) => ({ authorization: `Bearer ${tokens[index % tokens.length]}` }),
    expected: '"nextCursor":',
  };
}

async function ofDemo(of: Product): Promise<Target[]> {
  const list = endpoint(of, "API findings", "/findings?limit=50");
  const { data } = JSON.parse(textOf((await get(list)).body)) as {
    data: { key: string; checkId: string }[];
  };
  // The one with the longest page: it fails, and lists every Region.
  const key = data.find(({ checkId }) => checkId === "cloudtrail.not_multi_region")?.key;
  const root = `/o/${of.organization}`;
  return [
    page(of, "findings", `${root}/findings`, "Last verdict"),
    page(of, "finding", `${root}/findings/${key}`, "How we know"),
    page(of, "accounts", `${root}/accounts`, "Last read"),
    list,
  ];
}

async function ofLarge(accounts: number): Promise<Target[]> {
  const large = await insertLargeOrganization(product.installation.allUrl, product.userId, accounts);
  const of = { ...product, ...large, ...(await signIn(product.userId, large.tenantId)) };
  const root = `/o/${large.organization}`;
  return [
    page(of, "findings", `${root}/findings`, "Last verdict"),
    page(of, "findings, searched", `${root}/findings?q=prod`, "Last verdict"),
    page(of, "findings, failing and high", `${root}/findings?obs=failing&sev=HIGH`, "Last verdict"),
    page(of, "finding", `${root}/findings/${large.findingKey}`, "Activity"),
    page(of, "accounts", `${root}/accounts`, "Last read"),
    page(of, "scans", `${root}/scans`, "No scans yet"),
    endpoint(of, "API findings", "/findings?limit=50"),
    endpoint(of, "API accounts", "/accounts?limit=50"),
  ];
}

async function sizes(targets: readonly Target[]) {
  const rows: Record<string, Record<string, unknown>> = {};
  for (const target of targets) {
    // Several at once, so that each web process has compiled the page before it is measured.
    for (let round = 0; round < 4; round += 1)
      await Promise.all(Array.from({ length: 8 }, () => get(target)));
    const begun = performance.now();
    const { status, body } = await get(target);
    const ms = Math.round(performance.now() - begun);
    rows[target.name] = {
      status,
      "alone, ms": ms,
      kB: (Buffer.byteLength(textOf(body)) / 1_000).toFixed(1),
      "kB, gzip": (body.length / 1_000).toFixed(1),
    };
  }
  return rows;
}
