import { execFile, execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

const run = promisify(execFile);

export interface Ran {
  readonly code: number;
  readonly output: string;
  readonly ms: number;
}

/** An operator's folder with docker-compose.yml and .env, and the commands an operator gives there. */
export class Installation {
  readonly folder: string;

  constructor(work: string) {
    this.folder = join(work, "installation");
    rmSync(this.folder, { recursive: true, force: true });
    mkdirSync(this.folder);
    for (const file of ["docker-compose.yml", ".env.example"]) copyFileSync(file, join(this.folder, file));
  }

  /** As .env.example says: secrets by its own command, and its last lines for the sandbox. */
  configure(settings: Readonly<Record<string, string>>): void {
    const example = readFileSync(join(this.folder, ".env.example"), "utf8");
    const command = /: (openssl .+)$/m.exec(example)?.[1] ?? "false";
    const [above, sandbox] = example.split(/^(?=# Without an AWS account)/m);
    const filled = (above ?? "").replace(/^(NEXTAUTH_SECRET|\w+_PASSWORD)=$/gm, (_line, name) => {
      const secret = execFileSync("bash", ["-c", command], { encoding: "utf8" }).trim();
      if (!/^[A-Za-z0-9]{32,}$/.test(secret)) throw new Error(`${command} gave no letters and digits`);
      return `${name}=${secret}`;
    });
    writeFileSync(join(this.folder, ".env"), `${filled}${(sandbox ?? "").replace(/^#(?=\w+=)/gm, "")}`);
    this.set(settings);
  }

  /** What stands in .env, the last of each name. */
  settings(): Record<string, string> {
    const lines = readFileSync(join(this.folder, ".env"), "utf8").split("\n");
    return Object.fromEntries(
      lines
        .filter((line) => /^\w+=/.test(line))
        .map((line) => {
          const at = line.indexOf("=");
          return [line.slice(0, at), line.slice(at + 1)];
        }),
    );
  }

  set(settings: Readonly<Record<string, string>>): void {
    const file = join(this.folder, ".env");
    const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}\n`);
    writeFileSync(file, `${readFileSync(file, "utf8")}${lines.join("")}`);
  }

  /** Runs what an operator types. `docker-compose build` needs a network, and was done: here it only gives the name. */
  type(commands: string, seconds: number): Ran {
    const build = `docker-compose() {
      if [ "$1" = build ]; then docker tag posturio:latest "posturio:$(sed -n 's/^POSTURIO_VERSION=//p' .env | tail -1)"
      else command docker-compose "$@"; fi
    }`;
    const began = Date.now();
    const { status, stdout, stderr, error } = spawnSync("bash", ["-ec", `${build}\n${commands}`], {
      cwd: this.folder,
      encoding: "utf8",
      timeout: seconds * 1000,
    });
    const late = error === undefined ? "" : `${error.message}\n`;
    return { code: status ?? -1, output: `${late}${stdout}${stderr}`, ms: Date.now() - began };
  }

  /** The same, for what must succeed. Answers what it printed. */
  do(commands: string, seconds: number): string {
    const { code, output } = this.type(commands, seconds);
    if (code !== 0) throw new Error(`${commands}\nended with ${code}:\n${output}`);
    return output;
  }

  async inspect(service: string): Promise<Container> {
    const { stdout: id } = await run("docker", [
      "ps",
      "--all",
      "--quiet",
      "--filter",
      `label=com.docker.compose.service=${service}`,
      "--filter",
      "label=com.docker.compose.oneoff=False",
    ]);
    if (!/^\w+$/.test(id.trim())) throw new Error(`There is not one container of ${service}`);
    const { stdout } = await run("docker", ["inspect", id.trim()]);
    return JSON.parse(stdout)[0] as Container;
  }

  /** Runs a program in a container of the installation, as the container's own user. */
  async exec(service: string, ...command: string[]): Promise<Ran> {
    const { Id } = await this.inspect(service);
    const began = Date.now();
    try {
      const { stdout, stderr } = await run("docker", ["exec", Id, ...command], { timeout: 30_000 });
      return { code: 0, output: `${stdout}${stderr}`, ms: Date.now() - began };
    } catch (error) {
      const { code, stdout, stderr } = error as { code?: number; stdout: string; stderr: string };
      return { code: code ?? -1, output: `${stdout}${stderr}`, ms: Date.now() - began };
    }
  }
}

export interface Container {
  readonly Id: string;
  readonly Args: readonly string[];
  readonly Path: string;
  readonly State: {
    readonly Pid: number;
    readonly ExitCode: number;
    readonly Health?: { readonly Status: string };
  };
  readonly RestartCount: number;
  readonly HostConfig: {
    readonly ReadonlyRootfs: boolean;
    readonly Memory: number;
    readonly PidsLimit: number | null;
    readonly LogConfig: { readonly Config: Readonly<Record<string, string>> };
  };
}

/** Asks again until the answer is true; throws what it waited for when the time is up. */
export async function eventually(what: string, seconds: number, ask: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await sleep(500)) {
    if (await ask().catch(() => false)) return;
  }
  throw new Error(`Not within ${seconds} s: ${what}`);
}
