import { denialCause, denialWords, type FailureWords } from "./denial-words";
import { isUnreadableError, isWithoutCredentials } from "./failure-kind";
import type { ReadFailure, ReadFailureKind } from "./reading";

type Words = (failure: ReadFailure) => FailureWords;

const words: Readonly<Record<ReadFailureKind, Words>> = {
  denied: denialWords,
  denied_by_scp: denialWords,
  throttled: ({ api, region }) => ({
    title: "Throttled",
    text: `AWS kept throttling ${api} in ${region} after several retries.`,
    whatToDo: "Scan again later. Another tool may be using up the account's request rate.",
  }),
  timeout: ({ api, region }) => ({
    title: "No answer in time",
    text: `AWS did not answer ${api} in ${region} in time.`,
    whatToDo: "Scan again. If it persists, check the network path from the scanner to that Region.",
  }),
  token_refused: ({ api, region }) => ({
    title: "Session refused",
    text: `${region} refused the session for ${api}.`,
    whatToDo: `Check that ${region} is fully enabled in the account; enabling takes minutes to hours. Then scan again.`,
  }),
  expired: ({ api, region }) => ({
    title: "Session expired",
    text: `The session ended before ${api} in ${region} was answered.`,
    whatToDo: "Scan again; every scan opens a new session.",
  }),
  arn_invalid: ({ api, region }) => ({
    title: "Belongs to another account",
    text: `AWS does not let this account call ${api} (${region}) on a trail that another account owns.`,
    whatToDo: "Connect the organization's management account.",
  }),
  not_found: ({ api, region }) => ({
    title: "Not found",
    text: `What ${api} asked for was not found in ${region}.`,
    whatToDo: "Scan again: it may have been deleted while the scan ran.",
  }),
  unsupported: ({ api, region }) => ({
    title: "Not offered here",
    text: `${region} does not offer ${api} to this account.`,
    whatToDo: "Nothing. The scan continues without it and says what that leaves open.",
  }),
  server_error: ({ api, region, code }) => ({
    title: "AWS reported an error",
    text: `AWS answered ${api} in ${region} with ${code}.`,
    whatToDo: "Scan again. If it persists, look at the AWS Health Dashboard for that Region.",
  }),
  network: ({ api, region, code }) => ({
    title: "Not reachable",
    text: `${api} in ${region} could not be reached (${code}).`,
    whatToDo: "Check DNS, proxy and firewall between the scanner and that Region, then scan again.",
  }),
  garbage: ({ api, region }) => ({
    title: "Answer not understood",
    text: `The answer to ${api} in ${region} was not in AWS's format.`,
    whatToDo: "Look for a proxy that rewrites responses between the scanner and AWS, then scan again.",
  }),
  deadline: ({ api, region }) => ({
    title: "Scan out of time",
    text: `The scan ran out of time before ${api} in ${region} was answered.`,
    whatToDo: "Scan again. If it persists, some Regions answer very slowly.",
  }),
};

/** Our own code for a session that turned out to act in another account than declared. */
const accountMismatch = "AccountMismatch";

/** AWS's own sentence finds fault with the Region in the ARN, or the trail is the account's own. */
function isOwnArn({ kind, message, isOwn }: ReadFailure): boolean {
  return kind === "arn_invalid" && (isOwn === true || /\bregion in arn\b/i.test(message));
}

interface SpecialWords {
  applies(failure: ReadFailure): boolean;
  readonly words: Words;
  readonly cause: string;
}

/** Failures that mean something else than their kind says: of opening the session rather than of reading. */
const special: readonly SpecialWords[] = [
  {
    applies: isUnreadableError,
    words: ({ api, region }) => ({
      title: "Error page instead of an answer",
      text: `The answer to ${api} in ${region} was an error, and not in AWS's format: a web page, for example.`,
      whatToDo: "Scan again. If it persists, look for a proxy between the scanner and AWS.",
    }),
    cause: "an error page came instead of AWS's answer",
  },
  {
    applies: ({ code }) => isWithoutCredentials(code),
    words: ({ api }) => ({
      title: "No AWS credentials",
      text: `There were no usable AWS credentials to call ${api} with.`,
      whatToDo:
        "Sign in (aws sso login), choose a profile with AWS_PROFILE, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.",
    }),
    cause: "there are no AWS credentials",
  },
  {
    applies: (failure) => failure.code !== accountMismatch && isOwnArn(failure),
    words: ({ api, region, message }) => ({
      title: "ARN refused",
      text: `AWS refused the ARN of a trail of this account for ${api} in ${region}${message === "" ? "" : `: ${message.replace(/\.+$/, "")}`}.`,
      whatToDo:
        "Scan again. If it persists, check that the trail's home Region is enabled in this account: AWS answers so where a trail is asked for outside it.",
    }),
    cause: "AWS refused the ARN of the trail",
  },
  {
    applies: ({ code }) => code === "UnsupportedPartition",
    words: ({ message }) => ({
      title: "Partition not supported",
      text: message,
      whatToDo:
        "Nothing: an account of this partition cannot be judged, for its Regions and rules are not known here.",
    }),
    cause: "its partition is not supported",
  },
  {
    applies: ({ code }) => code === accountMismatch,
    words: ({ message }) => ({
      title: "Another account",
      text: message,
      whatToDo: "Give the ARN of the role in the account that is connected here.",
    }),
    cause: "the role belongs to another account",
  },
  {
    applies: ({ api, kind }) => api === "sts:AssumeRole" && (kind === "denied" || kind === "denied_by_scp"),
    words: () => ({
      title: "Role not assumable",
      text: "AWS refused to hand out the role's session.",
      whatToDo:
        "Check that the role exists, that its trust policy names the scanner, and that it asks for the external id of this connection.",
    }),
    cause: "sts:AssumeRole is denied",
  },
  {
    applies: ({ api, kind }) => api === "sts:AssumeRole" && kind === "unsupported",
    words: () => ({
      title: "Role or external id malformed",
      text: "AWS did not accept the form of the role's ARN or of the external id.",
      whatToDo: "Copy both again: the ARN from IAM, the external id from the connection.",
    }),
    cause: "the role's ARN or the external id is malformed",
  },
  {
    applies: ({ api, kind }) => api.startsWith("sts:") && (kind === "token_refused" || kind === "expired"),
    words: ({ api, kind }) => ({
      title: kind === "expired" ? "Credentials expired" : "Credentials refused",
      text: `AWS does not accept the credentials that ${api} was called with.`,
      whatToDo:
        "Sign in again, or check the access key, and that AWS_REGION names a Region of its partition. Nothing was read of the account.",
    }),
    cause: "AWS does not accept the credentials",
  },
];

/** A failed call in plain words: what happened and what to do about it. The same words on every page and in the CLI. */
export function failureWords(failure: ReadFailure): FailureWords {
  const { words: chosen } = special.find(({ applies }) => applies(failure)) ?? { words: words[failure.kind] };
  return chosen(failure);
}

/** The same kind of failure in short, to follow a colon: `denied by a service control policy`. */
export function failureCause(failure: ReadFailure): string {
  const causes: Readonly<Record<ReadFailureKind, string>> = {
    denied: denialCause(failure),
    denied_by_scp: denialCause(failure),
    throttled: `AWS throttled ${failure.api}`,
    timeout: `${failure.api} was not answered in time`,
    token_refused: `${failure.region} refused the session`,
    expired: "the session expired",
    arn_invalid: `${failure.api} is closed to accounts that do not own the trail`,
    not_found: `${failure.api} did not find the trail`,
    unsupported: `${failure.api} is not offered here`,
    server_error: `${failure.api} answered ${failure.code}`,
    network: `${failure.api} could not be reached`,
    garbage: `the answer to ${failure.api} was not readable`,
    deadline: "the scan ran out of time",
  };
  return special.find(({ applies }) => applies(failure))?.cause ?? causes[failure.kind];
}
