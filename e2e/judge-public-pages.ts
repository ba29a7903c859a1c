/** Starts the product, lets Lighthouse judge its public pages, and ends it. Part of `npm run test:long`. */
import { spawn } from "node:child_process";
import startProduct, { demo } from "./start-product";

const stop = await startProduct();
try {
  const judge = spawn(process.execPath, ["scripts/lighthouse.mjs", demo().url], { stdio: "inherit" });
  process.exitCode = await new Promise<number>((resolve) => judge.once("exit", (code) => resolve(code ?? 1)));
} finally {
  await stop();
}
