/**
 * The file format of saved AWS answers, version 1. One JSON object:
 *
 *     {"format":"posturio-aws-answers-1","takenAt":"2026-11-22T12:00:00Z","answers":[
 *     {"call":"sts:GetCallerIdentity","answer":{…}},
 *     {"call":"cloudtrail:DescribeTrails","region":"eu-west-1","answer":{…}},
 *     {"call":"cloudtrail:GetTrailStatus","region":"eu-west-1","target":"arn:…","error":"An error occurred (…"}
 *     ],"complete":true}
 *
 * `call` is the IAM action, `answer` the answer of the AWS CLI unchanged, `error` what the CLI printed instead,
 * `target` the ARN that was asked for. `complete` comes last: a file without it was cut off.
 */
export const savedFormat = "posturio-aws-answers-1";

/** One line of the file. */
export interface SavedRecord {
  readonly call: string;
  /** Empty for calls that have none. */
  readonly region: string;
  readonly target: string;
  readonly answer: unknown;
  /** Null when there is an answer. */
  readonly error: string | null;
  /** Line of the pasted text. */
  readonly line: number;
}

/** What is wrong with a pasted text, and what to do about it. */
export interface SavedProblem {
  readonly line?: number;
  readonly text: string;
  readonly whatToDo: string;
}
