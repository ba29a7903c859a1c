import type { Facts } from "@/lib/checks/facts/facts";
import { type Reading, read, unread } from "@/lib/checks/facts/reading";
import { failureOf } from "./aws-cli-error";
import { UnexpectedShape } from "./aws-shapes";
import type { SavedProblem, SavedRecord } from "./saved-format";
import type { SavedAnswers } from "./saved-service";
import { savedServices } from "./services";
import { regionFacts } from "./services/account";

const runAgain = "Run the command again and paste all that it prints.";

/** The facts in the records, and every answer that is not what AWS prints. */
export function factsOf(
  records: readonly SavedRecord[],
  accountId: string,
): { readonly facts: Partial<Facts>; readonly problems: readonly SavedProblem[] } {
  const problems: SavedProblem[] = [];
  const of = (call: string) => records.filter((record) => record.call === call);
  const reading = <T>(record: SavedRecord, parse: (answer: unknown) => T): Reading<T> => {
    if (record.error !== null) return unread(failureOf(record.call, record.region, record.error));
    try {
      return read(parse(record.answer));
    } catch (error) {
      if (!(error instanceof UnexpectedShape)) throw error;
      problems.push(problemOf(record, error.message));
      return unread(failureOf(record.call, record.region, ""));
    }
  };
  const answers: SavedAnswers = {
    accountId,
    of,
    reading,
    once(call, parse) {
      const [record] = of(call);
      return record === undefined
        ? unread(failureOf(call, "", "The file does not hold this call."))
        : reading(record, parse);
    },
    tell: (problem) => problems.push(problem),
  };
  const facts = savedServices.map((service) => service.factsIn(answers));
  return { facts: Object.assign({}, ...facts), problems };
}

function problemOf({ call, region, line }: SavedRecord, said: string): SavedProblem {
  const where = region === "" ? "" : ` in ${region}`;
  return { line, text: `${call}${where}: ${said}.`, whatToDo: runAgain };
}

/** Calls that every enabled Region must have been asked: without one of them the Region is missing. */
const everyRegion = savedServices.flatMap((service) => service.everyRegion ?? []);

/** Regions that were asked all that every Region must be asked. */
export function askedRegions(records: readonly SavedRecord[]): ReadonlySet<string> {
  const asked = (call: string) => new Set(records.filter((r) => r.call === call).map((r) => r.region));
  const [first, ...others] = everyRegion.map(asked);
  return new Set([...(first ?? [])].filter((region) => others.every((other) => other.has(region))));
}

/** Enabled Regions that were not asked: all the file can know of is its own Region list. */
export function missingAnswers(records: readonly SavedRecord[]): readonly string[] {
  const list = records.find((record) => record.call === "ec2:DescribeRegions" && record.error === null);
  if (list === undefined) return [];
  const asked = askedRegions(records);
  try {
    return regionFacts(list.answer)
      .filter((region) => region.optInStatus !== "not-opted-in" && !asked.has(region.name))
      .map((region) => region.name);
  } catch (error) {
    if (error instanceof UnexpectedShape) return [];
    throw error;
  }
}
