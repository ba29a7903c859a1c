import { spawn } from "node:child_process";
import { Refusal } from "./progress.mjs";

/** An end of npm with what it said; `code` is npm's own name of the fault, `ENOTFOUND` for example. */
export class NpmFailure extends Refusal {
  constructor(args, output) {
    super(`npm ${args.join(" ")} failed:\n\n${errorsOf(output)}\n`);
    this.code = /^npm error code (\S+)/m.exec(output)?.[1];
    this.output = output;
  }
}

/** Runs npm in a folder and returns what it wrote. */
export function npm(args, cwd) {
  // Under `npm start` this is the very npm that runs us; it need not be on the PATH. Yarn sets its own here.
  const own = process.env.npm_execpath;
  const [command, prefix] = own?.endsWith("npm-cli.js") ? [process.execPath, [own]] : ["npm", []];
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...prefix, ...args], {
      cwd,
      stdio: ["ignore", "pipe", "pipe"],
      // npm waits 10 and then 60 seconds before it asks again: without a network, minutes for one sentence.
      env: {
        npm_config_fetch_retry_mintimeout: "1000",
        npm_config_fetch_retry_maxtimeout: "8000",
        ...process.env,
      },
    });
    let output = "";
    const keep = (chunk) => {
      output += chunk;
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.once("error", (error) => reject(new Refusal(`npm could not be run: ${error.message}`)));
    child.once("exit", (code) => (code === 0 ? resolve(output) : reject(new NpmFailure(args, output))));
  });
}

/** npm prints its usage after some errors; what went wrong stands first. */
function errorsOf(output) {
  const lines = output.split("\n").filter((line) => line.startsWith("npm error"));
  return (lines.length > 0 ? lines : output.trim().split("\n")).slice(0, 30).join("\n");
}
