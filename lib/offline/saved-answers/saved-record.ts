import type { ReadFailure, Reading } from "@/lib/checks/facts/reading";

/** A reading as the line that the read command would print of it. */
export function line<T>(
  label: Readonly<Record<string, string>>,
  reading: Reading<T>,
  spell: (value: T) => unknown = (value) => value,
): string {
  return JSON.stringify(
    reading.ok ? { ...label, answer: spell(reading.value) } : { ...label, error: printed(reading.failure) },
  );
}

function printed({ code, message, api }: ReadFailure): string {
  if (code === "TimeoutError") return 'Read timeout on endpoint URL: "https://example.com/"';
  return `\nAn error occurred (${code}) when calling the ${api.split(":")[1]} operation: ${message}\n`;
}
