import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { command } from "./command.mjs";
import { dataDirectory } from "./database.mjs";
import { choosePort } from "./ports.mjs";
import { birthOf, Processes } from "./processes.mjs";
import { installationSecrets } from "./secrets.mjs";

let home: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "posturio-supervisor-"));
  mkdirSync(join(home, "logs"));
});

afterEach(() => rmSync(home, { recursive: true, force: true }));

const runForever = "setInterval(() => {}, 1000)";
const options = () => ({ env: process.env, memoryMb: 64, cwd: home });

function program(name: string, source: string): string {
  const file = join(home, `${name}.mjs`);
  writeFileSync(file, source);
  return file;
}

async function until(condition: () => boolean, what: string): Promise<void> {
  for (const end = Date.now() + 15_000; !condition(); await sleep(25)) {
    if (Date.now() > end) throw new Error(`Timed out: ${what}`);
  }
}

/** A supervisor in a process of its own, with one child that runs for ever. */
async function otherSupervisor(child: string): Promise<{ process: ChildProcess; childPid: number }> {
  const source = `
    import { Processes } from ${JSON.stringify(new URL("./processes.mjs", import.meta.url).href)};
    const processes = new Processes(${JSON.stringify(home)});
    await processes.claim();
    const { pid } = processes.start("child", [${JSON.stringify(child)}], { env: process.env, memoryMb: 64 });
    process.stdout.write(pid + "\\n");
    setInterval(() => {}, 1000);
  `;
  const supervisor = spawn(process.execPath, [program("supervisor", source)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const childPid = await new Promise<number>((resolve) =>
    supervisor.stdout.once("data", (chunk) => resolve(Number(String(chunk)))),
  );
  return { process: supervisor, childPid };
}

describe("the processes of an installation", () => {
  test("a stop ends every child, also one that ignores SIGTERM, and forgets them", async () => {
    const processes = new Processes(home);
    await processes.claim();
    const polite = processes.start("polite", [program("polite", runForever)], options());
    const deaf = processes.start(
      "deaf",
      [program("deaf", `process.on("SIGTERM", () => {}); ${runForever}`)],
      options(),
    );
    await sleep(300);
    processes.grace = 500;
    await processes.stop();
    expect(birthOf(polite.pid)).toBeNull();
    expect(birthOf(deaf.pid)).toBeNull();
    expect(() => readFileSync(join(home, "run.json"))).toThrow();
  });

  test("a child that ends when everything is up is started again, and ends everything when it keeps ending", async () => {
    const processes = new Processes(home);
    const told = new Promise<string>((resolve) => {
      processes.onCrash = (text: string) => resolve(text);
    });
    processes.isUp = true;
    const worker = processes.start("worker", [program("worker", runForever)], options());
    for (let times = 1; times <= 4; times++) {
      const { pid } = worker;
      process.kill(pid, "SIGKILL");
      if (times < 4) await until(() => worker.pid !== pid && birthOf(worker.pid) !== null, "a new one");
    }
    expect(await told).toContain("worker was ended by SIGKILL");
    await processes.stop();
  });

  test("the end of a child is told with the end of its log", async () => {
    const processes = new Processes(home);
    const told = new Promise<string>((resolve) => {
      processes.onCrash = (text: string) => resolve(text);
    });
    processes.start("short", [program("short", 'console.log("out of paper"); process.exit(3)')], options());
    const text = await told;
    expect(text).toContain("short ended with exit code 3");
    expect(text).toContain("out of paper");
    await processes.stop();
  });

  test("children follow a supervisor that was killed outright", async () => {
    const other = await otherSupervisor(program("child", runForever));
    await until(() => birthOf(other.childPid) !== null, "the child starts");
    await sleep(300);
    other.process.kill("SIGKILL");
    await until(() => birthOf(other.childPid) === null, "the child follows");
  });

  test("a build follows a start that was killed outright", async () => {
    const pidFile = join(home, "pid");
    const build = program(
      "build",
      `(await import("node:fs")).writeFileSync(${JSON.stringify(pidFile)}, String(process.pid)); ${runForever}`,
    );
    const source = `
      import { command } from ${JSON.stringify(new URL("./command.mjs", import.meta.url).href)};
      await command("build", [${JSON.stringify(build)}]);
    `;
    const starter = spawn(process.execPath, [program("starter", source)], { stdio: "ignore" });
    await until(() => existsSync(pidFile) && readFileSync(pidFile, "utf8") !== "", "the build begins");
    const pid = Number(readFileSync(pidFile, "utf8"));
    starter.kill("SIGKILL");
    await until(() => birthOf(pid) === null, "the build follows");
  });

  test("a build that starts workers of its own waits for them", async () => {
    const answer = join(home, "answer");
    const build = program(
      "parallel",
      `import { fork } from "node:child_process";
      import { writeFileSync } from "node:fs";
      if (process.argv[2] === "worker") process.on("message", () => process.send("done"));
      else {
        const worker = fork(process.argv[1], ["worker"]);
        setTimeout(() => worker.connected && worker.send("work"), 500).unref();
        worker.on("message", (text) => { writeFileSync(${JSON.stringify(answer)}, text); worker.disconnect(); });
      }`,
    );
    await command("parallel", [build]);
    expect(readFileSync(answer, "utf8")).toBe("done");
  });

  test("the next start ends a child that a killed supervisor left behind", async () => {
    const isDeaf = join(home, "deaf");
    const deaf = `process.on("SIGTERM", () => {}); process.removeAllListeners("disconnect");
      (await import("node:fs")).writeFileSync(${JSON.stringify(isDeaf)}, ""); ${runForever}`;
    const other = await otherSupervisor(program("child", deaf));
    await until(() => existsSync(isDeaf), "the child hears nothing");
    other.process.kill("SIGKILL");
    await sleep(300);
    expect(birthOf(other.childPid)).not.toBeNull();
    const processes = new Processes(home);
    processes.grace = 500;
    await processes.claim();
    expect(birthOf(other.childPid)).toBeNull();
    await processes.stop();
  });

  test("a second start beside a living one is refused and harms nothing", async () => {
    const other = await otherSupervisor(program("child", runForever));
    await expect(new Processes(home).claim()).rejects.toThrow(/already runs/);
    expect(birthOf(other.childPid)).not.toBeNull();
    other.process.kill("SIGKILL");
    await until(() => birthOf(other.childPid) === null, "the child follows");
  });
});

describe("the data of an installation", () => {
  test("has a place of its own, and stays where an older version put it", () => {
    const own = join(home, "postgres", "1a2b");
    expect(dataDirectory(home, "1a2b")).toBe(own);
    mkdirSync(own, { recursive: true });
    expect(dataDirectory(home, "1a2b")).toBe(own);
    writeFileSync(join(home, "postgres", "location.txt"), "elsewhere");
    expect(dataDirectory(home, "1a2b")).toBe(join(home, "postgres"));
  });

  test("secrets are made once and readable by their owner alone", () => {
    const first = installationSecrets(home);
    expect(installationSecrets(home)).toEqual(first);
    expect(first.nextauthSecret.length).toBeGreaterThanOrEqual(43);
  });
});

describe("the port", () => {
  const listen = (port: number) =>
    new Promise<Server>((resolve) => {
      const server = createServer().listen(port, "127.0.0.1", () => resolve(server));
    });

  test("one that was asked for and is taken is refused by name", async () => {
    const server = await listen(0);
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    process.env.PORT = String(port);
    await expect(choosePort()).rejects.toThrow(`Port ${port} is taken`);
    delete process.env.PORT;
    server.close();
  });
});
