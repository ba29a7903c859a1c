/**
 * What AWS writes in the fields that we keep: names and ARNs become part of commands and code that people paste. The
 * patterns are those of the AWS API references, or wider; free text may hold anything that is visible and on one
 * line.
 */
interface Pattern {
  /** What a sentence calls it. */
  readonly what: string;
  readonly of: RegExp;
}

const partition = "aws(?:-[a-z]+)*";
const region = "[a-z]{2,10}(?:-[a-z]{2,20}){1,3}-\\d{1,2}";
const account = "\\d{12}";
const trail = "[A-Za-z0-9][A-Za-z0-9._-]{0,127}";

/** Anything but control characters, overrides of direction, line separators and private signs. */
const seen = "[^\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Co}\\p{Cs}\\p{Cn}]";

const patterns = {
  accountId: { what: "a 12-digit account id", of: whole(account) },
  region: { what: "the name of a Region", of: whole(region) },
  trailName: { what: "the name of a trail", of: whole(trail) },
  trailArn: {
    what: "the ARN of a trail",
    of: whole(`arn:${partition}:cloudtrail:${region}:${account}:trail/${trail}`),
  },
  storeArn: {
    what: "the ARN of an event data store",
    of: whole(`arn:${partition}:cloudtrail:${region}:${account}:eventdatastore/[A-Za-z0-9._-]{1,128}`),
  },
  storeName: { what: "the name of an event data store", of: whole("[A-Za-z0-9][A-Za-z0-9._-]{0,127}") },
  // Buckets of us-east-1 that are older than 2018 may have capitals, underscores and up to 255 characters.
  bucketName: { what: "the name of a bucket", of: whole("[A-Za-z0-9][A-Za-z0-9._-]{1,253}[A-Za-z0-9_]") },
  // Without the characters that S3 tells people to avoid in keys: braces among them begin an expression elsewhere.
  keyPrefix: { what: "a prefix of S3 keys", of: whole(`(?![^]*[\\\\{}^%\`\\[\\]"<>~#|])${seen}{1,200}`) },
  kmsKeyId: { what: "the id, alias or ARN of a KMS key", of: whole("[A-Za-z0-9][A-Za-z0-9:/_-]{0,2047}") },
  logGroupArn: {
    what: "the ARN of a log group",
    of: whole(`arn:${partition}:logs:${region}:${account}:log-group:[A-Za-z0-9._/#-]{1,512}(?::\\*)?`),
  },
  topicArn: {
    what: "the ARN of an SNS topic",
    of: whole(`arn:${partition}:sns:${region}:${account}:[A-Za-z0-9_-]{1,256}(?:\\.fifo)?`),
  },
  organizationId: { what: "the id of an AWS organization", of: whole("o-[a-z0-9]{4,32}") },
  word: { what: "a word of the API", of: whole("[A-Za-z0-9_]{1,64}") },
  eventSource: { what: "the name of a service", of: whole("[A-Za-z0-9.-]{1,128}") },
  resourceType: { what: "a type of resource", of: whole("[A-Za-z0-9:._-]{1,128}") },
  selectorField: { what: "a field of events", of: whole("[A-Za-z0-9._]{1,128}") },
  line: { what: "text on one line", of: whole(`${seen}{0,2048}`) },
} as const satisfies Readonly<Record<string, Pattern>>;

export type PatternName = keyof typeof patterns;

function whole(source: string): RegExp {
  return new RegExp(`^(?:${source})$`, "u");
}

/** A value that AWS would not write there. The message names the field and never repeats the value. */
export class RefusedValue extends Error {
  constructor(field: string, name: PatternName) {
    super(`${field} is not ${patterns[name].what}.`);
    this.name = "RefusedValue";
  }
}

export function matches(name: PatternName, value: string): boolean {
  return patterns[name].of.test(value);
}

/** The value, when it is what AWS writes there. Throws RefusedValue otherwise: then the answer could not be read. */
export function accepted(name: PatternName, value: string, field: string): string {
  if (!matches(name, value)) throw new RefusedValue(field, name);
  return value;
}

/** The value under its key, when there is one. */
export function acceptedAs<K extends string>(
  key: K,
  name: PatternName,
  value: string | undefined,
  field: string,
): { readonly [P in K]?: string } {
  return value ? ({ [key]: accepted(name, value, field) } as { [P in K]: string }) : {};
}
