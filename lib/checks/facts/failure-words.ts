import type { ReadFailure, ReadFailureKind } from "./reading";

export interface FailureWords {
  readonly title: string;
  /** What happened, one sentence. */
  readonly text: string;
  readonly whatToDo: string;
}

type Words = (failure: ReadFailure) => FailureWords;

const words: Readonly<Record<ReadFailureKind, Words>> = {
  denied: ({ api, region }) => ({
    title: "Permission missing",
    text: `The role may not call ${api} (${region}).`,
    whatToDo: `Allow ${api} on all resources in the role's policy, then scan again.`,
  }),
  denied_by_scp: ({ api, region }) => ({
    title: "Denied by a service control policy",
    text: `A service control policy of the organization denies ${api} in ${region}.`,
    whatToDo: `Exempt the role from that policy for ${api}, or leave ${region} unread. The role itself is fine.`,
  }),
  throttled: ({ api, region }) => ({
    title: "Throttled",
    text: `AWS throttled ${api} in ${region}, also after several attempts.`,
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
    whatToDo: "Connect the organization's management or delegated administrator account.",
  }),
  not_found: ({ api, region }) => ({
    title: "Not found",
    text: `What ${api} asked for was not found in ${region}.`,
    whatToDo: "Scan again: it may have been deleted while the scan ran.",
  }),
  unsupported: ({ api, region }) => ({
    title: "Not offered here",
    text: `${region} does not offer ${api} to this account.`,
    whatToDo: "Nothing: the scan goes on without it and says what that leaves open.",
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

/** A failed call in plain words: what happened and what to do about it. The same words on every page and in the CLI. */
export function failureWords(failure: ReadFailure): FailureWords {
  if (failure.api === "sts:AssumeRole" && (failure.kind === "denied" || failure.kind === "denied_by_scp")) {
    return {
      title: "Role not assumable",
      text: "AWS refused to hand out the role's session.",
      whatToDo:
        "Check that the role exists, that its trust policy names the scanner, and that it asks for the external id of this connection.",
    };
  }
  if (failure.code === accountMismatch) {
    return {
      title: "Another account",
      text: failure.message,
      whatToDo: "Give the ARN of the role in the account that is connected here.",
    };
  }
  return words[failure.kind](failure);
}

/** The same kind of failure in short, to follow a colon: `denied by a service control policy`. */
export function failureCause(failure: ReadFailure): string {
  const causes: Readonly<Record<ReadFailureKind, string>> = {
    denied: `${failure.api} is denied`,
    denied_by_scp: `a service control policy denies ${failure.api}`,
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
  return failure.code === accountMismatch ? "the role belongs to another account" : causes[failure.kind];
}
