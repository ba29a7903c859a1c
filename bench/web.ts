/**
 * What a page costs: the demo organization on the built web server, asked in an open loop at 10, 20 and 40 requests a
 * second, all on this machine. Prints p50, p95, errors and bytes; fails when a request fails or the server ends.
 *
 *   --rates 10,20,40  --seconds 12
 *   --most MS         fail when p95 of list or finding at the highest rate is above it
 *   --only NAME       one page: findings, finding, accounts, …
 *   --profile DIR     writes a CPU profile of the web process there
 */
import { parseArgs } from "node:util";
import { get, type Target, textOf } from "./web/load";
import { endpoint, faultsOfWeb, measure, page, sizes } from "./web/measure";
import { closeConnections, type Product, startProduct } from "./web/product";

const { values } = parseArgs({
  options: {
    rates: { type: "string", default: "10,20,40" },
    seconds: { type: "string", default: "12" },
    most: { type: "string" },
    only: { type: "string" },
    profile: { type: "string" },
  },
});
const rates = values.rates.split(",").map(Number);
const most = Number(values.most ?? Number.POSITIVE_INFINITY);
const faults: string[] = [];

const product = await startProduct(
  values.profile === undefined ? [] : ["--cpu-prof", `--cpu-prof-dir=${values.profile}`],
);
try {
  const targets = (await ofDemo(product)).filter(
    ({ name }) => values.only === undefined || name === values.only,
  );
  console.table(await sizes(targets));
  const pids = { web: product.web.pid, postgres: product.installation.postgresPid };
  const measured = await measure(targets, rates, Number(values.seconds), pids);
  for (const { name, rate, p95Ms, fault } of measured) {
    if (fault !== null) faults.push(fault);
    const isGated = /^findings?$/.test(name) && rate === Math.max(...rates);
    if (isGated && p95Ms > most) faults.push(`${name} at ${rate}: p95 ${p95Ms} ms`);
  }
  faults.push(...faultsOfWeb(product.web));
  for (const fault of faults) console.error(`Failed: ${fault}`);
  process.exitCode = faults.length === 0 ? 0 : 1;
} finally {
  await closeConnections();
  await product.web.stop();
  await product.installation.stop();
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
    page(of, "findings", `${root}/findings`, "Peek at "),
    page(of, "finding", `${root}/findings/${key}`, "How we know"),
    page(of, "accounts", `${root}/accounts`, "Last read"),
    list,
  ];
}
