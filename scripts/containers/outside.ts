import { execFileSync, spawn } from "node:child_process";
import { eventually, type Installation } from "./installation";

const outside = "198.51.100.2";
const port = 8080;

const server = `require("node:http").createServer((_, response) => response.end()).listen(${port}, "${outside}")`;

/**
 * A host beyond this machine: a network of its own at the other end of a cable. It knows no way back to the addresses of
 * containers, as hosts out there do not. It ends with our process namespace.
 */
export async function startOutside(): Promise<void> {
  const ip = (...args: string[]) => execFileSync("ip", args);
  // The cable is plugged in before anything listens there.
  const waits = `const { execFileSync } = require("node:child_process");
    const wait = () => { try { execFileSync("ip", ["addr", "show", "far-end"], { stdio: "ignore" }); } catch { return setTimeout(wait, 50); }
      execFileSync("ip", ["addr", "add", "${outside}/24", "dev", "far-end"]);
      execFileSync("ip", ["link", "set", "far-end", "up"]);
      ${server}; };
    wait();`;
  const host = spawn("unshare", ["--net", process.execPath, "-e", waits], { stdio: "ignore" });
  ip("link", "add", "near-end", "type", "veth", "peer", "name", "far-end");
  await eventually("the host outside", 10, async () => {
    ip("link", "set", "far-end", "netns", String(host.pid));
    return true;
  });
  ip("addr", "add", "198.51.100.1/24", "dev", "near-end");
  ip("link", "set", "near-end", "up");
  ip("route", "replace", "default", "via", outside);
  await eventually("the host outside answers this machine", 10, async () => {
    return (await fetch(`http://${outside}:${port}`)).ok;
  });
  host.unref();
}

/** Whether a program of the container gets an answer from outside. */
export async function reaches(installation: Installation, service: string): Promise<boolean> {
  const ask = `timeout 4 bash -c 'exec 3<>/dev/tcp/${outside}/${port}' && echo answered || echo silent`;
  const { output } = await installation.exec(service, "bash", "-c", ask);
  if (!/^(answered|silent)$/m.test(output)) throw new Error(`${service} could not ask: ${output}`);
  return /^answered$/m.test(output);
}
