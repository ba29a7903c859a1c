import type { Program } from "@/bench/throughput/installation";
import { familyCpuMs, familyOf, machineBusyMs, usageOf } from "@/bench/throughput/process-usage";
import { get, load, type Target, textOf } from "./load";

interface Pids {
  readonly web: number;
  readonly postgres: number;
}

export interface Measured {
  readonly name: string;
  readonly rate: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  /** What was wrong with answers, if anything was. */
  readonly fault: string | null;
}

type At = string | ((index: number) => string);

/** A page as the person sees it whose cookie it is. */
export function page(
  { url, cookie }: { readonly url: string; readonly cookie: string },
  name: string,
  path: At,
  expected: string,
): Target {
  return { name, url: (index) => url + at(path, index), headers: () => ({ cookie }), expected };
}

/** An endpoint of the API, asked with one token after the other. */
export function endpoint(
  { url, tokens }: { readonly url: string; readonly tokens: readonly string[] },
  name: string,
  path: At,
  expected = '"nextCursor":',
): Target {
  return {
    name,
    url: (index) => `${url}/api/v1${at(path, index)}`,
    headers: (index) => ({ authorization: `Bearer ${tokens[index % tokens.length]}` }),
    expected,
  };
}

function at(path: At, index: number): string {
  return typeof path === "string" ? path : path(index);
}

/** Asks for each page alone, several at once before, so that each web process has compiled it. */
export async function sizes(targets: readonly Target[]) {
  const rows: Record<string, Record<string, unknown>> = {};
  for (const target of targets) {
    for (let round = 0; round < 4; round += 1)
      await Promise.all(Array.from({ length: 8 }, (_, index) => get(target, index)));
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

/** Each target at each rate, one after the other; prints what they took. */
export async function measure(
  targets: readonly Target[],
  rates: readonly number[],
  seconds: number,
  pids: Pids,
): Promise<Measured[]> {
  const rows: Record<string, Record<string, unknown>> = {};
  const measured: Measured[] = [];
  for (const target of targets) {
    for (const rate of rates) {
      const before = reading(pids);
      const result = await load(target, rate, seconds);
      const after = reading(pids);
      const { sent, errors, firstError, p50Ms, p95Ms } = result;
      rows[`${target.name}, ${rate} a second`] = {
        "p50, ms": p50Ms,
        "p95, ms": p95Ms,
        errors,
        "web CPU a request, ms": Math.round((after.web - before.web) / sent),
        "PostgreSQL, ms": Math.round((after.postgres - before.postgres) / sent),
        "cores used by others": ((after.others - before.others) / (after.at - before.at)).toFixed(2),
      };
      const fault = errors > 0 ? `${target.name} at ${rate}: ${errors} × ${firstError}` : null;
      measured.push({ name: target.name, rate, p50Ms, p95Ms, fault });
    }
  }
  console.table(rows);
  return measured;
}

/** CPU time so far: what is neither the server's, the database's nor ours is that of others on this machine. */
function reading({ web: webPid, postgres: postgresPid }: Pids) {
  const web = familyCpuMs(webPid) ?? Number.NaN;
  const postgres = familyCpuMs(postgresPid) ?? Number.NaN;
  const own = web + postgres + (usageOf(process.pid)?.cpuMs ?? Number.NaN);
  return { at: performance.now(), web, postgres, others: machineBusyMs() - own };
}

/** Prints what memory the web processes have, and says if one ended: it was replaced, which no table of times shows. */
export function faultsOfWeb(web: Program): string[] {
  const megabytes = (pid: number) => Math.round(usageOf(pid)?.rssMb ?? Number.NaN);
  console.log(`web processes: ${familyOf(web.pid).map(megabytes).join(", ")} MB at the end`);
  if (web.isRunning() && !/web process ended/.test(web.output())) return [];
  return [`A web process ended:\n${web.output().slice(-2_000)}`];
}
