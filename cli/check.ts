import { parseArgs } from "node:util";
import { isPartition } from "@/lib/checks/arn";
import type { CheckDefinition } from "@/lib/checks/check";
import { checks, findCheck } from "@/lib/checks/registry";
import { type CliIo, Usage } from "./io";
import { chooseOutput, type OutputChoice, outputOptions, printOutcome } from "./output";
import type { AccountTarget } from "./read-account";

interface CheckCommand extends AccountTarget {
  readonly output: OutputChoice;
}

/** `posturio check …`. Exit code: 0 pass, 1 fail, 2 not evaluated. Throws Usage for what cannot be carried out. */
export async function runCheck(argv: readonly string[], io: CliIo): Promise<number> {
  const { output, ...target } = parse(argv);
  // The AWS SDK is most of this program and most of its start: not for a usage error.
  const { readAccount } = await import("./read-account");
  return printOutcome(await readAccount(target, io), output, io);
}

function parse(argv: readonly string[]): CheckCommand {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      "role-arn": { type: "string" },
      "external-id": { type: "string" },
      now: { type: "string" },
      ...outputOptions,
    },
  });
  const [id, ...more] = positionals;
  if (id === undefined) throw new Usage(`name a check: ${checkIds()}`);
  if (more.length > 0) throw new Usage(`name one check, not also ${more.join(" ")}`);
  const arn = values["role-arn"];
  const externalId = values["external-id"];
  if ((arn === undefined) !== (externalId === undefined)) {
    throw new Usage("--role-arn and --external-id belong together");
  }
  const role = arn === undefined || externalId === undefined ? undefined : { arn, externalId };
  return {
    check: checkNamed(id),
    role,
    ...(role === undefined ? { account: undefined } : targetOf(role.arn)),
    now: clock(values.now),
    output: chooseOutput(values),
  };
}

/** Throws Usage when there is no such check. */
export function checkNamed(id: string): CheckDefinition {
  const check = findCheck(id);
  if (check === undefined) throw new Usage(`there is no check ${id}; there are ${checkIds()}`);
  return check;
}

function checkIds(): string {
  return checks.map((check) => check.id).join(", ");
}

/** The present when nothing is given. A time without a zone is refused: it would mean another one elsewhere. */
function clock(given: string | undefined): string {
  if (given === undefined) return new Date().toISOString();
  const isTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(given);
  if (!isTime || Number.isNaN(Date.parse(given))) {
    throw new Usage(`--now is not a time like 2026-11-22T12:00:00Z: ${given}`);
  }
  return new Date(given).toISOString();
}

/** Unlike a customer's role in the product, one's own may have any name. */
function targetOf(arn: string): Pick<AccountTarget, "account" | "unsupportedPartition"> {
  const [, partition = "", id = ""] =
    /^arn:(aws[a-z0-9-]*):iam::(\d{12}):role\/[\w+=,.@/-]+$/.exec(arn) ?? [];
  if (id === "") throw new Usage(`--role-arn is not the ARN of an IAM role: ${arn}`);
  return isPartition(partition)
    ? { account: { id, partition } }
    : { account: undefined, unsupportedPartition: { name: partition, accountId: id } };
}
