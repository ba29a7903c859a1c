/**
 * The installation of docker-compose.yml, brought up and used as the documents say, on the images that are there.
 * Started by gate.sh, in a network of its own.
 */
import { writeFileSync } from "node:fs";
import { confinement, noSecretInArguments } from "./confinement";
import { contents } from "./contents";
import { commandsOf, documented } from "./documented";
import { eventually, Installation } from "./installation";
import { firstScan } from "./journey";
import { reaches, startOutside } from "./outside";

const work = process.argv[2] ?? "";
const url = "http://127.0.0.1:3000";
const sandboxUrl = "http://127.0.0.1:4566";
const installation = new Installation(work);
const began = Date.now();
let passed = 0;

async function check(what: string, work: () => unknown): Promise<void> {
  const told = () => `${String(Math.round((Date.now() - began) / 1000)).padStart(4)} s`;
  try {
    const more = await work();
    passed += 1;
    process.stdout.write(`${told()}  ${what}${typeof more === "string" ? `: ${more}` : ""}\n`);
  } catch (error) {
    process.stdout.write(`${told()}  FAILED: ${what}\n\n${error instanceof Error ? error.message : error}\n`);
    process.stdout.write(installation.type("docker-compose ps; docker-compose logs --tail=15", 30).output);
    throw error;
  }
}

function must(condition: boolean, sentence: string): void {
  if (!condition) throw new Error(sentence);
}

const health = async () => (await fetch(`${url}/api/health`, { signal: AbortSignal.timeout(5_000) })).status;
const healthy = async (service: string) =>
  (await installation.inspect(service)).State.Health?.Status === "healthy";
const scans = () =>
  installation
    .do(
      "docker-compose exec -T postgres psql -U postgres -d posturio -Atc \"SELECT count(*) FROM scans WHERE status = 'complete'\"",
      20,
    )
    .trim();

async function comesUp(): Promise<void> {
  await check("the secrets come from the command of .env.example, the sandbox from its last lines", () => {
    const own = { POSTURIO_URL: url, TRUSTED_PROXIES: "0", POSTURIO_WORKER_CONCURRENCY: "3" };
    installation.configure({ ...own, POSTURIO_VERSION: "1.2.0" });
    installation.do("docker-compose build", 10);
  });
  await check("docker-compose up -d, on an empty database", () => {
    installation.do("docker-compose up -d", 150);
  });
  await check("migrate ran once, and applied all migrations", async () => {
    const { State, RestartCount } = await installation.inspect("migrate");
    must(State.ExitCode === 0 && RestartCount === 0, `exit ${State.ExitCode}, restarts ${RestartCount}`);
    must(/Applied 2026/.test(installation.do("docker-compose logs migrate", 20)), "nothing was applied");
  });
  await check("/api/health answers 200", () =>
    eventually("health", 90, async () => (await health()) === 200),
  );
  for (const service of ["postgres", "redis", "web", "worker"]) {
    await check(`${service} is healthy`, () => eventually("healthy", 90, () => healthy(service)));
  }
  await check("the worker has the settings of .env", () =>
    must(/"concurrency":3\b/.test(installation.do("docker-compose logs worker", 20)), "not 3 at a time"),
  );
}

async function isConfined(): Promise<void> {
  for (const service of ["postgres", "redis", "web", "worker", "sandbox"]) {
    await check(`${service} is confined`, () => confinement(installation, service));
  }
  await check("no secret is in an argument of any process", () => noSecretInArguments(installation));
  await startOutside();
  await check("the worker reaches what is outside; web, postgres and redis do not", async () => {
    must(await reaches(installation, "worker"), "the worker does not");
    for (const service of ["web", "postgres", "redis"]) {
      must(!(await reaches(installation, service)), `${service} does`);
    }
  });
  await check("the image holds what runs", () => contents(installation));
}

async function isUsed(): Promise<void> {
  let resetLink = "";
  await check("the first administrator is created as README.md says", () => {
    const command = documented("README.md", /^docker-compose run .*create-admin.*$/m);
    resetLink = /http\S+\/reset\/\S+/.exec(installation.do(command, 60))?.[0] ?? "";
    must(resetLink.startsWith(url), "there is no link");
  });
  await check("an account of the sandbox is connected, its role made from this machine, and scanned", () =>
    firstScan(work, url, sandboxUrl, resetLink),
  );
  await check("the sandbox keeps the role when it is started again", async () => {
    installation.do("docker-compose restart sandbox", 30);
    await eventually("the role", 30, async () => {
      const state = await fetch(`${sandboxUrl}/_sandbox/state`);
      return (await state.text()).includes("676767676767:role/PosturioReadOnly");
    });
  });
}

async function isUpgraded(): Promise<void> {
  const before = scans();
  const blocks = commandsOf("docs/operations/upgrade.md", "Upgrade and rollback with docker-compose");
  must(blocks.length === 2, `docs/operations/upgrade.md has ${blocks.length} blocks of commands`);
  const image = async () =>
    installation.do('docker inspect -f "{{.Config.Image}}" $(docker-compose ps -q web)', 20).trim();
  await check("upgraded as docs/operations/upgrade.md says", async () => {
    installation.do(blocks[0] ?? "", 150);
    must((await image()) === "posturio:1.3.0", `web runs ${await image()}`);
    await eventually("health", 90, async () => (await health()) === 200);
  });
  await check("rolled back as docs/operations/upgrade.md says, with all data", async () => {
    installation.do(blocks[1] ?? "", 150);
    must((await image()) === "posturio:1.2.0", `web runs ${await image()}`);
    await eventually("health", 90, async () => (await health()) === 200);
    must(scans() === before && before !== "0", `${before} scans before, ${scans()} after`);
  });
}

async function survivesFailingMigrate(): Promise<void> {
  const { Id } = await installation.inspect("web");
  const { POSTGRES_PASSWORD: right = "" } = installation.settings();
  await check(
    "a migrate that keeps failing ends docker-compose up with an error, and web serves on",
    async () => {
      installation.set({ POSTGRES_PASSWORD: "AnotherThanTheDatabaseKnows" });
      const { code, output, ms } = installation.type("docker-compose up -d", 150);
      must(code !== 0, "up says that all is well");
      must(/migrate/.test(output), `it does not say why:\n${output}`);
      const { State, RestartCount } = await installation.inspect("migrate");
      must(State.ExitCode !== 0 && RestartCount <= 5, `exit ${State.ExitCode}, restarts ${RestartCount}`);
      must((await installation.inspect("web")).Id === Id, "web was replaced");
      await eventually("web serves", 30, async () => (await fetch(`${url}/login`)).ok);
      return `${Math.round(ms / 1000)} s, ${output.trim().split("\n").at(-1)}`;
    },
  );
  await check("with the right password it comes up again", async () => {
    installation.set({ POSTGRES_PASSWORD: right });
    installation.do("docker-compose up -d", 150);
    await eventually("health", 90, async () => (await health()) === 200);
  });
}

/** Runs in the worker's container; docker itself signals its init alone. */
const signalWorker = `for (const id of fs.readdirSync("/proc").filter((name) => +name > 0)) {
  const [program, ...rest] = fs.readFileSync("/proc/" + id + "/cmdline", "utf8").split("\\0");
  if (program === "node" && rest.includes("dist/worker.mjs")) process.kill(id, process.argv[1]);
}`;

async function isStopped(): Promise<void> {
  await check("a worker that hangs is seen", async () => {
    const alive = async () =>
      (await installation.exec("worker", "node", "bin/healthcheck.mjs", "worker")).code === 0;
    must(await alive(), "it hangs before");
    await installation.exec("worker", "node", "-e", signalWorker, "SIGSTOP");
    await eventually("its health check fails", 45, async () => !(await alive()));
    await installation.exec("worker", "node", "-e", signalWorker, "SIGCONT");
    await eventually("its health check passes", 20, alive);
  });
  for (const service of ["worker", "web", "sandbox", "redis", "postgres"]) {
    await check(`${service} stops in good order`, async () => {
      const { ms } = installation.type(`docker-compose stop ${service}`, 90);
      const { ExitCode } = (await installation.inspect(service)).State;
      must([0, 143].includes(ExitCode) && ms < 12_000, `exit ${ExitCode} after ${ms} ms`);
      if (service === "worker") {
        const web = await installation.exec("web", "node", "bin/healthcheck.mjs", "web");
        must(web.code === 0, `web is not healthy without a worker: ${web.output}`);
      }
      return `${(ms / 1000).toFixed(1)} s, exit ${ExitCode}`;
    });
  }
}

const failures: unknown[] = [];
try {
  await comesUp();
  await isConfined();
  await isUsed();
  await isUpgraded();
  await survivesFailingMigrate();
  await isStopped();
} catch (error) {
  failures.push(error);
} finally {
  installation.type("docker-compose --profile sandbox down --volumes", 90);
  process.stdout.write(`${passed} passed, ${failures.length} failed\n`);
  const { RESULTS } = process.env;
  if (RESULTS) writeFileSync(RESULTS, JSON.stringify({ passed, failed: failures.length }));
}
process.exit(failures.length);
