import { spawn } from "node:child_process";
import { root } from "./paths.mjs";
import { followParent } from "./processes.mjs";
import { Refusal } from "./progress.mjs";

/** Runs a Node program of a build in silence; a failure shows the end of what it wrote. It ends when we are killed. */
export function command(name, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["--import", followParent, ...args], {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe", "ipc"],
      env: {
        ...withoutProduct(process.env),
        NODE_ENV: "production",
        NEXT_TELEMETRY_DISABLED: "1",
        POSTURIO_FOLLOWS: String(process.pid),
      },
    });
    let output = "";
    child.stdout.on("data", (chunk) => {
      output += chunk;
    });
    child.stderr.on("data", (chunk) => {
      output += chunk;
    });
    child.once("error", reject);
    child.once("exit", (code) =>
      code === 0 ? resolve() : reject(new Refusal(`${name} failed:\n\n${output.trim().slice(-6_000)}\n`)),
    );
  });
}

/** A build must not depend on the settings of whoever starts it, nor see their secrets. */
function withoutProduct(env) {
  const product = /^(AWS_|POSTURIO_|NEXTAUTH_|DATABASE_|REDIS_URL$|PORT$|HOSTNAME$)/;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !product.test(name)));
}
