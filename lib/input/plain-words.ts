import type { z } from "zod";
import { count } from "@/lib/text";

type Issue = z.core.$ZodRawIssue;

const kinds: Readonly<Record<string, string>> = {
  string: "Text is expected here.",
  number: "A number is expected here.",
  int: "A whole number is expected here.",
  boolean: "Yes or no is expected here.",
  array: "A list is expected here.",
  object: "An object is expected here.",
};

/** A refusal for which the schema has no sentence of its own, in words for people instead of the library's. */
export function plainWords(issue: Issue): string | undefined {
  switch (issue.code) {
    case "invalid_type":
      if (issue.input === undefined) return "This field is required.";
      return kinds[issue.expected] ?? "This value is not understood.";
    case "too_small":
      return bound(issue.origin, Number(issue.minimum), "least");
    case "too_big":
      return bound(issue.origin, Number(issue.maximum), "most");
    case "invalid_value":
      return issue.values.length === 1
        ? `Only ${String(issue.values[0])} is possible here.`
        : `Choose one of ${issue.values.map(String).join(", ")}.`;
    case "invalid_format":
      return issue.format === "uuid" ? "This is not an id." : "This value is not in the expected format.";
    default:
      return undefined;
  }
}

function bound(origin: string, limit: number, side: "least" | "most"): string {
  if (origin === "string") return `Use at ${side} ${count(limit, "character")}.`;
  if (origin === "array") return `Choose at ${side} ${limit}.`;
  return `The value is at ${side} ${limit}.`;
}
