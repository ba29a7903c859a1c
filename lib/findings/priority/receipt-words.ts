import { type Environment, environmentLabels } from "@/lib/accounts/account-states";
import { severityLabels } from "@/lib/checks/labels";
import type { ReceiptView } from "@/lib/findings/receipt-view";
import { count } from "@/lib/text";
import { lineOf, type Receipt, type ReceiptLine } from "./receipt";
import { daysBetween } from "./sla";

/** Whose days are counted, and up to when (ISO 8601). */
interface Calendar {
  readonly timeZone: string;
  readonly now: string;
}

/** A receipt with its words. */
export function receiptView(receipt: Receipt, calendar: Calendar): ReceiptView {
  return {
    ...receipt,
    lines: receipt.lines.map((line) => ({ ...line, text: lineText(line, calendar) })),
    note: noteOf(receipt),
  };
}

function lineText(line: ReceiptLine, calendar: Calendar): string {
  switch (line.id) {
    case "severity":
      return line.severity === null
        ? "no severity"
        : `severity ${severityLabels[line.severity].toLowerCase()}`;
    case "blind":
      return `${line.blind} of ${count(line.enabled, "Region")} blind`;
    case "environment":
      return environmentText(line.environment);
    case "sla":
      return slaText(line, calendar);
    case "recurrence":
      if (line.comebacks === 0) return "never came back";
      return line.comebacks === 1 ? "came back once" : `came back ${line.comebacks} times`;
    case "silent":
      return line.isSilent ? "delivery fails silently" : "no silent failure";
  }
}

function environmentText(environment: Environment): string {
  const label = environmentLabels[environment].toLowerCase();
  if (environment === "other") return "another environment";
  return environment === "management" || environment === "log-archive" ? `${label} account` : label;
}

function slaText(
  { from, dueAt, isOverdue }: Extract<ReceiptLine, { id: "sla" }>,
  { timeZone, now }: Calendar,
): string {
  if (dueAt === null) return "no due date";
  const over = daysBetween(timeZone, dueAt, now);
  if (isOverdue) return over > 0 ? `${count(over, "day")} overdue` : "overdue";
  const days = Math.max(0, daysBetween(timeZone, from, dueAt));
  const elapsed = Math.max(0, daysBetween(timeZone, from, now));
  return `day ${Math.min(elapsed, days)} of ${days}`;
}

function noteOf(receipt: Receipt): string {
  const sum = receipt.lines.reduce((total, { points }) => total + points, 0);
  const blind = lineOf(receipt, "blind");
  return [
    `Formula ${receipt.version}.`,
    blind && blind.active === null ? "No activity data, so every Region weighs the same." : null,
    blind?.active ? "A Region with activity weighs 3, any other 1." : null,
    sum > receipt.score ? `More than ${receipt.score} points count as ${receipt.score}.` : null,
  ]
    .filter((sentence) => sentence !== null)
    .join(" ");
}
