import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { programs } from "./build.mjs";
import { root } from "./paths.mjs";

/** Arguments for Node to run one of our programs: the bundle, or its source under --dev. */
export function program(name, dev) {
  return dev ? ["--import", "tsx", join(root, programs[name])] : [join(root, "dist", `${name}.mjs`)];
}

/** Arguments for Node to run the web server, on loopback only. */
export function webArguments(dev, port) {
  const next = join(root, "node_modules", "next", "dist", "bin", "next");
  return dev
    ? [next, "dev", "--hostname", "127.0.0.1", "--port", String(port)]
    : [join(root, "bin", "web.mjs")];
}

/** The embedded database, loaded into the supervisor: it must be the last to go. */
export async function loadEmbedded(dev) {
  if (dev) {
    const { tsImport } = await import("tsx/esm/api");
    return tsImport(pathToFileURL(join(root, programs.embedded)).href, import.meta.url);
  }
  return import(pathToFileURL(join(root, "dist", "embedded.mjs")).href);
}
