import {
  type EventClasses,
  excludedSources,
  isFull,
  selectorFault,
} from "@/lib/checks/cloudtrail/inventory/event-classes";

const sourceNames: Readonly<Record<string, string>> = {
  "kms.amazonaws.com": "KMS",
  "rdsdata.amazonaws.com": "RDS Data API",
};

/** Which management events a trail logs, for a table cell. Null: not readable. */
export function eventsText(classes: EventClasses | null): string {
  if (classes === null) return "Event selectors could not be read";
  if (isFull(classes)) return "All management events";
  switch (selectorFault(classes)) {
    case "write_only":
      return "Write events only";
    case "read_only":
      return "Read events only";
    case "none":
      return "No management events";
    default:
      return `Management events without ${excludedText(classes)}`;
  }
}

/** What is missing, as the second half of a sentence. */
export function missingEventsText(classes: EventClasses): string {
  switch (selectorFault(classes)) {
    case null:
      return "nothing is missing";
    case "write_only":
      return "read events are dropped";
    case "read_only":
      return "write events are dropped";
    case "none":
      return "no management events are logged";
    case "excludes":
      return `${excludedText(classes)} events are dropped`;
  }
}

/** The event sources that are left out, `KMS and RDS Data API`. */
export function excludedText(classes: EventClasses): string {
  const names = excludedSources(classes).map((source) => sourceNames[source] ?? source);
  return names.length === 0 ? "some" : names.join(" and ");
}
