import { readdirSync, readFileSync } from "node:fs";
import type { Installation } from "./installation";

/** Throws what a container may do although it need not. */
export async function confinement(installation: Installation, service: string): Promise<void> {
  const { HostConfig } = await installation.inspect(service);
  const problems: string[] = [];
  const expect = (holds: boolean, sentence: string) => {
    if (!holds) problems.push(sentence);
  };
  expect(HostConfig.ReadonlyRootfs, "its root can be written to");
  expect(HostConfig.Memory > 0, "its memory has no limit");
  expect((HostConfig.PidsLimit ?? 0) > 0, "its processes have no limit");
  expect(HostConfig.LogConfig.Config["max-size"] !== undefined, "its log has no limit");

  // Of the first process, which is docker's own init in ours, and of all below it.
  const status = await installation.exec(service, "sh", "-c", "cat /proc/[0-9]*/status");
  const values = (name: string) =>
    [...status.output.matchAll(new RegExp(`^${name}:\\s+(\\S+)`, "gm"))].map(([, value]) => value ?? "");
  expect(status.code === 0 && values("Uid").length > 0, "its processes cannot be looked at");
  expect(!values("Uid").includes("0"), "a process is root's");
  for (const set of ["CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"]) {
    expect(
      values(set).every((value) => /^0+$/.test(value)),
      `a process has capabilities (${set} ${values(set)})`,
    );
  }
  expect(
    values("NoNewPrivs").every((value) => value === "1"),
    "a process may gain privileges",
  );
  expect(
    values("Seccomp").every((value) => value === "2"),
    "a process has no filter of system calls",
  );
  for (const folder of ["/", "/app", "/usr/bin", "/etc"]) {
    const written = await installation.exec(service, "sh", "-c", `[ ! -d ${folder} ] || touch ${folder}/x`);
    expect(folder === "/app" || written.code !== 0, `${folder} can be written to`);
  }
  if (problems.length > 0) throw new Error(`${service}: ${problems.join("; ")}`);
}

/** Everybody on a machine may read the arguments of its processes. All processes here are those of the installation. */
export function noSecretInArguments(installation: Installation): void {
  const secrets = Object.entries(installation.settings()).filter(
    ([name]) => /SECRET|PASSWORD/.test(name) && name !== "AWS_SECRET_ACCESS_KEY",
  );
  if (secrets.length < 5) throw new Error("There are no secrets");
  for (const process of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    let line = "";
    try {
      line = readFileSync(`/proc/${process}/cmdline`, "utf8");
    } catch {
      // It has ended.
    }
    for (const [name, value] of secrets) {
      if (line.includes(value)) throw new Error(`${name} is in the arguments of ${line.split("\0")[0]}`);
    }
  }
}
