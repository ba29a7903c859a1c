import type { CheckDefinition } from "@/lib/checks/check";

/** Sections of a check's page, in order: the table of contents. */
export function contentsOf(
  check: CheckDefinition,
): readonly { readonly id: string; readonly title: string }[] {
  const hasPage = check.page !== undefined;
  return [
    { id: "am-i-affected", title: "Am I affected?", shown: hasPage },
    { id: "metadata", title: "Check metadata", shown: true },
    { id: "meaning", title: "What it means", shown: true },
    { id: "risk", title: "Risk", shown: true },
    { id: "fix", title: "Fix it", shown: hasPage },
    { id: "verification", title: "Verify", shown: hasPage },
    { id: "questions", title: "Questions", shown: true },
    { id: "frameworks", title: "What it supports", shown: true },
    { id: "other-tools", title: "Other tools", shown: hasPage },
    { id: "sources", title: "Sources", shown: hasPage },
    { id: "history", title: "Page history", shown: hasPage },
  ].filter(({ shown }) => shown);
}
