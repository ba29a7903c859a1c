import { makeAccounts, worldOf } from "@/bench/throughput/accounts";
import type { Fault, Report } from "./fault";
import { type Ground, prepareGround } from "./ground";
import { brokenLaws, changes, type Standing, standing } from "./invariants";
import { type Stack, type StackOptions, startStack } from "./stack";

/** The organization that is scanned, a large one, and ten small ones beside it. */
const sizes = [60, 400, ...Array.from({ length: 10 }, () => 5)];

/** Runs the faults one after the other on one installation, and prints each. Returns how many were violated. */
export async function runFaults(options: StackOptions, faults: readonly Fault[]): Promise<number> {
  const accounts = makeAccounts(sizes);
  const stack = await startStack(options, worldOf(accounts, 80, 0));
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => void stack.stop().finally(() => process.exit(1)));
  }
  try {
    // What of the product runs in this process reads these when it is first used.
    Object.assign(process.env, stack.workerEnvironment, { LOG_LEVEL: "silent" });
    const ground = await prepareGround(stack, accounts, 0);
    await stack.startWeb();
    await stack.startWorker();
    await stack.startWorker();
    await ground.request(ground.accounts);
    await ground.settled(120);
    const before = await standing(stack);
    let violated = 0;
    for (const fault of faults) {
      const begun = Date.now();
      const { seen, violations } = await one(fault, stack, ground, before);
      const seconds = Math.round((Date.now() - begun) / 1_000);
      console.log(
        `${violations.length === 0 ? "ok      " : "VIOLATED"}  ${fault.id.padEnd(5)} ${fault.title} (${seconds} s): ${seen}`,
      );
      for (const violation of violations.slice(0, 8)) console.log(`            - ${violation}`);
      if (violations.length > 8) console.log(`            - and ${violations.length - 8} more`);
      violated += violations.length === 0 ? 0 : 1;
    }
    return violated;
  } finally {
    await stack.stop();
  }
}

async function one(fault: Fault, stack: Stack, ground: Ground, before: Standing): Promise<Report> {
  try {
    const { seen, violations } = await fault.run(stack, ground);
    await stack.removeFaults();
    await ground.settled(120);
    return {
      seen,
      violations: [...violations, ...(await brokenLaws(stack)), ...changes(before, await standing(stack))],
    };
  } catch (error) {
    await stack.removeFaults().catch(() => undefined);
    return { seen: "", violations: [error instanceof Error ? error.message : String(error)] };
  }
}
