/**
 * What pages and the API cost in an installation full of load (bench/seed-load.ts): an open loop at 20 requests a second
 * in the large organization and in the one of medium size, all on this machine, and the plan of each statement as the
 * product's role ran it. Fails when an answer is wrong or a plan reads a table of organizations whole.
 *
 *   --folder DIR      the folder of `npm run seed:load`; without it a temporary database is filled, of the sizes given
 *   the sizes of seed:load, which must be those of the folder
 *   --rate N --seconds N
 *   --only NAMES      some pages, with commas between them
 *   --plans           plans alone
 *   --gate            fail, too, when p95 is above its target, or a fifth above that of the medium organization,
 *                     or a page is too large
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import pg from "pg";
import { startEmbeddedPostgres } from "@/lib/installation/embedded";
import { homeFor, serverUser } from "@/lib/installation/embedded-files";
import { migrate } from "@/lib/installation/migrate";
import { freePort } from "./free-port";
import { fill } from "./seed/fill";
import { sizeOptions, sizesFrom } from "./seed/options";
import { postgresPid } from "./throughput/installation";
import { get, type Target } from "./web/load";
import { endpoint, faultsOfWeb, type Measured, measure, page, sizes } from "./web/measure";
import { explaining, sizeOf, statementsSince, tenantTables } from "./web/plans";
import { closeConnections, pointAt, signIn, startWeb } from "./web/product";

const { values } = parseArgs({
  options: {
    ...sizeOptions,
    folder: { type: "string" },
    rate: { type: "string", default: "20" },
    seconds: { type: "string", default: "12" },
    only: { type: "string" },
    plans: { type: "boolean", default: false },
    gate: { type: "boolean", default: false },
  },
});
const organizations = ["load-0001", "load-0002"];
/** Above what it takes in the organization of medium size. */
const mostOfMedium = 1.2;
const mostKilobytes = 120;
const faults: string[] = [];

const folder = values.folder ?? mkdtempSync(join(tmpdir(), "posturio-load-"));
const database = await startEmbeddedPostgres({ dataDir: folder });
try {
  await migrate({ ...database, adminUrl: database.superuserUrl });
  const adminUrl = database.superuserUrl.replace(/\/postgres$/, "/posturio");
  const port = await freePort();
  const environment = pointAt(database, port);
  await fill(adminUrl, sizesFrom(values), console.log);
  const url = `http://127.0.0.1:${port}`;
  const all: Target[] = [];
  for (const slug of organizations) all.push(...(await targetsOf(adminUrl, url, slug)));
  const only = values.only?.split(",");
  const targets = all.filter(({ name }) => only?.some((one) => name.startsWith(one)) ?? true);
  await explaining(adminUrl, () => withWeb(environment, port, () => explain(adminUrl, targets)));
  if (!values.plans) {
    await withWeb(environment, port, async (web) => {
      const sized = await sizes(targets);
      console.table(sized);
      if (values.gate) faults.push(...tooLarge(sized));
      const pids = { web, postgres: postgresPid(folder) };
      judge(await measure(targets, [Number(values.rate)], Number(values.seconds), pids));
    });
  }
} finally {
  await closeConnections();
  await database.stop();
  if (values.folder === undefined) {
    rmSync(homeFor(folder, serverUser()), { recursive: true, force: true });
    rmSync(folder, { recursive: true, force: true });
  }
}
for (const fault of faults) console.error(`Failed: ${fault}`);
process.exit(faults.length === 0 ? 0 : 1);

async function withWeb(
  environment: Record<string, string>,
  port: number,
  work: (pid: number) => Promise<void>,
): Promise<void> {
  const web = await startWeb(environment, port);
  try {
    await work(web.pid);
    faults.push(...faultsOfWeb(web));
  } catch (error) {
    console.error(web.output().slice(-2_000));
    throw error;
  } finally {
    await web.stop();
  }
}

/** What is asked for in one organization, by its first member: findings whose pages have everything, one after the other. */
async function targetsOf(adminUrl: string, url: string, slug: string): Promise<Target[]> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ tenant: string; person: string }>(
      `SELECT o.id::text AS tenant, (SELECT user_id::text FROM memberships m WHERE m.tenant_id = o.id AND role = 'admin' LIMIT 1) AS person
       FROM organizations o WHERE slug = $1`,
      [slug],
    );
    const { tenant = "", person = "" } = rows[0] ?? {};
    const found = await client.query<{ number: number }>(
      `SELECT f.number FROM findings f JOIN scan_results r ON r.tenant_id = f.tenant_id AND r.scan_id = f.decided_scan_id
       WHERE f.tenant_id = $1 AND f.observation = 'failing' AND f.number IS NOT NULL ORDER BY f.number LIMIT 20`,
      [tenant],
    );
    const key = (index: number) => `PST-${found.rows[index % found.rows.length]?.number}`;
    const of = { url, ...(await signIn(person, tenant)) };
    const root = `/o/${slug}`;
    const filtered = `${root}/findings?severity=HIGH&environment=production&due=overdue`;
    return [
      endpoint(of, `API list, ${slug}`, "/findings?limit=50"),
      endpoint(of, `API finding, ${slug}`, (index) => `/findings/${key(index)}`, '"checkId":'),
      page(of, `dashboard, ${slug}`, `${root}/dashboard`, "Needs a decision"),
      page(of, `list, ${slug}`, `${root}/findings`, "PST-"),
      page(of, `list by cause, ${slug}`, `${root}/findings?group=cause`, "PST-"),
      page(of, `list filtered, ${slug}`, filtered, "PST-"),
      page(of, `finding, ${slug}`, (index) => `${root}/findings/${key(index)}`, "How we know"),
    ];
  } finally {
    await client.end();
  }
}

/** Tells of the statements that were run for each target: of an answer for which nothing is kept yet, and of others after it. */
async function explain(adminUrl: string, targets: readonly Target[]): Promise<void> {
  const log = join(homeFor(folder, serverUser()), "postgres.log");
  const tables = await tenantTables(adminUrl);
  const rows: Record<string, Record<string, unknown>> = {};
  for (const target of targets) {
    const before = sizeOf(log);
    const { status } = await get(target);
    const ran = statementsSince(log, before);
    // Prepared statements get a plan of their own after a few times.
    for (let index = 1; index < 20; index += 1) await get(target, index);
    const more = statementsSince(log, before);
    const slowest = ran.toSorted((a, b) => b.ms - a.ms)[0];
    rows[target.name] = {
      status,
      statements: ran.length,
      "all, ms": ran.reduce((sum, { ms }) => sum + ms, 0).toFixed(1),
      "slowest, ms": slowest?.ms.toFixed(1),
      "rows of one node": Math.max(0, ...ran.map((one) => one.rows)),
      slowest: slowest?.text.slice(0, 90),
    };
    const read = more.flatMap(({ text, whole }) =>
      whole
        .filter((name) => tables.has(name))
        .map((name) => `${target.name} reads ${name} whole: ${text.slice(0, 400)}`),
    );
    faults.push(...new Set(read));
  }
  console.table(rows);
}

/** HTML that a phone loads and parses before it shows anything. */
function tooLarge(sized: Awaited<ReturnType<typeof sizes>>): string[] {
  return Object.entries(sized)
    .filter(([, { kB }]) => Number(kB) > mostKilobytes)
    .map(([name, { kB }]) => `${name}: ${kB} kB, at most ${mostKilobytes}`);
}

function judge(measured: readonly Measured[]): void {
  const [large = "", medium = ""] = organizations;
  for (const { name, p95Ms, fault } of measured) {
    if (fault !== null) faults.push(fault);
    if (!values.gate) continue;
    const most = name.startsWith("API") ? 100 : 250;
    if (p95Ms > most) faults.push(`${name}: p95 ${p95Ms} ms, at most ${most}`);
    const same = measured.find((one) => one.name === name.replace(large, medium));
    if (name.endsWith(large) && same && p95Ms > same.p95Ms * mostOfMedium)
      faults.push(`${name}: p95 ${p95Ms} ms, ${same.p95Ms} in the organization of medium size`);
  }
}
