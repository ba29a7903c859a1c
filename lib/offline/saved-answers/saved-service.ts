import type { FactName, Facts, Partition } from "@/lib/checks/facts/facts";
import type { Reading } from "@/lib/checks/facts/reading";
import type { SavedProblem, SavedRecord } from "./saved-format";

/** The whole records of a file, and how their answers become readings. */
export interface SavedAnswers {
  readonly accountId: string;
  of(call: string): readonly SavedRecord[];
  /** What `parse` makes of the answer; an answer that is not what AWS prints is a problem with its line. */
  reading<T>(record: SavedRecord, parse: (answer: unknown) => T): Reading<T>;
  /** The answer of a call that is made once; a file that does not hold it was never asked. */
  once<T>(call: string, parse: (answer: unknown) => T): Reading<T>;
  tell(problem: SavedProblem): void;
}

/** One AWS service in the file of saved answers: what the command asks of it, and what the answers say. */
export interface SavedService {
  /** Those with a Region are asked once per enabled Region, those with a target per ARN. */
  readonly calls: Readonly<Record<string, { readonly region: boolean; readonly target: boolean }>>;
  /** The call without which a Region counts as missing from the file. */
  readonly everyRegion?: string;
  /**
   * Bash, run once for the account and once in every Region (`$1`, in `$at` as a label). `ask` prints one record:
   * its label, then the arguments of `aws`; `arns NAME` finds ARNs in an answer. See `read-command.ts`.
   */
  readonly askOnce?: string;
  readonly askInRegion?: string;
  /** The facts that a file with these calls holds. */
  readonly facts: readonly FactName[];
  factsIn(answers: SavedAnswers): Partial<Facts>;
  /** The same the other way: the lines of a file in which an account has these facts. */
  linesOf(
    facts: Partial<Facts>,
    account: { readonly id: string; readonly partition: Partition },
  ): readonly string[];
  /** Other JSON of the service that people have at hand: a member only it has, and what it is. */
  readonly otherJson: readonly (readonly [member: string, text: string])[];
}
