import type { ReadFailureKind } from "./reading";
import { refusingPolicy } from "./refusing-policy";

const throttling = new Set([
  "Throttling",
  "ThrottlingException",
  "ThrottledException",
  "RequestLimitExceeded",
  "RequestThrottled",
  "RequestThrottledException",
  "TooManyRequestsException",
  "SlowDown",
  "PriorRequestNotComplete",
  "LimitExceededException",
]);

const refusedTokens = new Set([
  "UnrecognizedClientException",
  "AuthFailure",
  "InvalidClientTokenId",
  "InvalidToken",
  "InvalidTokenException",
  "InvalidAccessKeyId",
  "SignatureDoesNotMatch",
  "InvalidSignatureException",
  "OptInRequired",
  "RegionDisabledException",
]);

/** The SDK's own words for having no identity to call with, or none that can still be used. */
const withoutCredentials = new Set(["CredentialsProviderError", "TokenProviderError", "ProviderError"]);

export function isWithoutCredentials(code: string): boolean {
  return withoutCredentials.has(code);
}

/** Names of an answer that could not be read, whatever its status: a web page, half an answer. */
const unreadable = new Set(["MalformedResponse", "SyntaxError", "TypeError", "Error"]);

/** Whether a server's error came in another form than AWS gives its errors. */
export function isUnreadableError(failure: {
  readonly kind: ReadFailureKind;
  readonly code: string;
}): boolean {
  return failure.kind === "server_error" && unreadable.has(failure.code);
}

const timeouts = new Set([
  "TimeoutError",
  "RequestTimeout",
  "RequestTimeoutException",
  "ETIMEDOUT",
  "ESOCKETTIMEDOUT",
]);

const networkFaults = new Set([
  "NetworkingError",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ECONNREFUSED",
  "ECONNRESET",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "EPIPE",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "CERT_HAS_EXPIRED",
]);

/** Names of what is not there, where they do not end in NotFound. */
const missing = new Set(["AWSOrganizationsNotInUseException", "NoSuchBucket", "NoSuchKey"]);

/** Services that answer a denial with a code of their own. */
const serviceDenials: Readonly<Record<string, readonly string[]>> = {
  cloudtrail: ["InsufficientDependencyServiceAccessPermissionException"],
  ec2: ["Client.UnauthorizedOperation"],
};

/**
 * What an AWS error means to a check. `service` is the prefix of the IAM action (`cloudtrail`, `ec2`, `sts`,
 * `organizations`), `code` the error code as received (a JSON 1.1 `prefix#Code` or `Code:uri` is
 * understood), `message` AWS's own sentence. An unknown code counts as a fault of the server: it gives no
 * value, and nothing is concluded from it. Never throws.
 *
 * A denial by a service control policy carries the ordinary code; only its message tells it apart
 * (IAM user guide, "Access denied error message examples").
 */
export function failureKind(service: string, code: string, message: string): ReadFailureKind {
  const name = bareCode(code);
  if (isDenial(service, name)) return deniedBySCP(message) ? "denied_by_scp" : "denied";
  if (throttling.has(name)) return "throttled";
  if (refusedTokens.has(name) || isWithoutCredentials(name)) return "token_refused";
  if (/^(Expired|RequestExpired)/.test(name)) return "expired";
  if (name === "CloudTrailARNInvalidException" || name === "InvalidTrailNameException") return "arn_invalid";
  if (/NotFound(Exception)?$/.test(name) || missing.has(name)) return "not_found";
  if (
    /^(UnsupportedOperation|OperationNotPermitted|UnknownOperation|InvalidAction|ValidationE|MalformedPolicy|PackedPolicy)/.test(
      name,
    )
  )
    return "unsupported";
  if (timeouts.has(name)) return "timeout";
  if (networkFaults.has(name)) return "network";
  if (/^(DeadlineExceeded|AbortError|ScanDeadline)/.test(name)) return "deadline";
  if (/^(SyntaxError|MalformedResponse|Garbage|DeserializationError)/.test(name)) return "garbage";
  return "server_error";
}

function isDenial(service: string, name: string): boolean {
  if (name.startsWith("AccessDenied") || name.startsWith("UnauthorizedOperation")) return true;
  if (name === "UnauthorizedAccess" || name === "NotAuthorized" || name === "AuthorizationError") return true;
  return serviceDenials[service]?.includes(name) ?? false;
}

function deniedBySCP(message: string): boolean {
  return refusingPolicy(message)?.kind === "scp";
}

function bareCode(code: string): string {
  const afterHash = code.slice(code.lastIndexOf("#") + 1);
  const colon = afterHash.indexOf(":");
  return colon === -1 ? afterHash : afterHash.slice(0, colon);
}
