/**
 * Management events fall into six classes: read or write, from KMS, from the RDS Data API, or from
 * everything else. Those are the finest lines along which a trail can leave management events out
 * (PutEventSelectors, AdvancedFieldSelector in the AWS API reference). A set of classes is a bit mask.
 */
export type EventClasses = number;

const readOther = 1;
const readKms = 2;
const readRdsData = 4;
const writeOther = 8;
const writeKms = 16;
const writeRdsData = 32;

export const noEvents: EventClasses = 0;
export const readEvents: EventClasses = readOther | readKms | readRdsData;
export const writeEvents: EventClasses = writeOther | writeKms | writeRdsData;
export const allEvents: EventClasses = readEvents | writeEvents;

const bySource: Readonly<Record<string, EventClasses>> = {
  "kms.amazonaws.com": readKms | writeKms,
  "rdsdata.amazonaws.com": readRdsData | writeRdsData,
};

export type SelectorFault = "excludes" | "write_only" | "read_only" | "none";

/** What remains when events of these sources are left out. A source of which we know no class takes `other` with it. */
export function withoutSources(classes: EventClasses, sources: readonly string[]): EventClasses {
  return sources.reduce((left, source) => left & ~(bySource[source] ?? readOther | writeOther), classes);
}

export function isFull(classes: EventClasses): boolean {
  return (classes & allEvents) === allEvents;
}

export function keepsWriteEvents(classes: EventClasses): boolean {
  return (classes & writeEvents) !== 0;
}

/** Logs only writes or only reads: such a trail may be silent for good reason. */
export function isOneSided(classes: EventClasses): boolean {
  return classes !== noEvents && ((classes & readEvents) === 0 || (classes & writeEvents) === 0);
}

/** Our own calls are reads, and neither of KMS nor of the RDS Data API. */
export function logsOurReads(classes: EventClasses): boolean {
  return (classes & readOther) !== 0;
}

/** Whether the classes can be all, when so many trails more may log all reads or all writes, but not both. */
export function mayBeFull(classes: EventClasses, oneSided: number): boolean {
  if (oneSided > 1 || isFull(classes)) return true;
  return oneSided === 1 && (isFull(classes | readEvents) || isFull(classes | writeEvents));
}

/** What is wrong with a trail that logs only these classes; its worst fault when there are several. */
export function selectorFault(classes: EventClasses): SelectorFault | null {
  if (isFull(classes)) return null;
  if (classes === noEvents) return "none";
  if ((classes & writeEvents) === 0) return "read_only";
  return (classes & readEvents) === 0 ? "write_only" : "excludes";
}

export function union(sets: Iterable<EventClasses>): EventClasses {
  let all = noEvents;
  for (const classes of sets) all |= classes;
  return all;
}

/** The left-out sources, as AWS names them, when events of both kinds are otherwise logged. */
export function excludedSources(classes: EventClasses): readonly string[] {
  return Object.entries(bySource)
    .filter(([, bits]) => (classes & bits) !== bits)
    .map(([source]) => source);
}
