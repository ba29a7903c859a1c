import { hereDoc, shellQuoted } from "./shell";

/** An option of the AWS CLI with its value. */
export function option(name: string, value: string): string {
  return `${name} ${shellQuoted(value)}`;
}

/** One command of the AWS CLI, an option a line. Options that hold a value come from `option`. */
export function awsCommand(operation: string, options: readonly string[]): string {
  return [`aws ${operation}`, ...options].join(" \\\n  ");
}

/** Text that a command prints unchanged. */
export function printedText(lines: readonly string[]): string {
  return `cat ${hereDoc("TEXT", lines.join("\n"))}`;
}

/**
 * Commands as a person pastes them: the change, then what is read back of it, then the undo, printed. Nothing is
 * written to a file.
 */
export function changeBlock(
  change: readonly string[],
  readBack: readonly string[],
  undo: readonly string[],
): string {
  if (change.length === 0) return "";
  const printed = undo.length === 0 ? [] : [printedText(["Undo:", ...undo])];
  return [...change, ...readBack, ...printed].join("\n\n");
}

/** Commands of which each needs the one before: a shell of its own, which ends at the first that fails. */
export function script(text: string): string {
  return `bash ${hereDoc("END", `set -e\n${text}`)}`;
}
