import { parseArgs } from "node:util";
import { severityLabels } from "@/lib/checks/labels";
import { checks } from "@/lib/checks/registry";
import { painter } from "./glyphs";
import { type CliIo, Usage } from "./io";
import { table } from "./table";

/** `posturio checks`: what can be checked. Exit code 0. */
export function runChecks(argv: readonly string[], io: CliIo): number {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: { json: { type: "boolean" } },
  });
  if (positionals.length > 0) throw new Usage(`unexpected ${positionals.join(" ")}`);
  if (values.json) {
    const list = checks.map(({ id, version, title, category, service, baseSeverity, summary }) => ({
      checkId: id,
      version,
      title,
      category,
      service,
      baseSeverity,
      summary,
    }));
    io.out(`${JSON.stringify(list)}\n`);
    return 0;
  }
  const paint = painter(io.isTerminal && !io.env["NO_COLOR"] && io.env["TERM"] !== "dumb");
  const rows = checks.map((check) => [
    check.id,
    check.category,
    severityLabels[check.baseSeverity],
    check.title,
  ]);
  io.out(`${table([["Check", "Category", "Severity", "Title"], ...rows], paint).join("\n")}\n`);
  return 0;
}
