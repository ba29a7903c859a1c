/** An error as AWS names it. The protocol renderers decide how it looks on the wire. */
export class AwsError extends Error {
  readonly code: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: string, message: string, status = 400, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.code = code;
    this.status = status;
    this.headers = headers;
  }
}

const codesOf: Readonly<
  Record<string, { denied: string; throttled: string; token: string; expired: string }>
> = {
  cloudtrail: {
    denied: "AccessDeniedException",
    throttled: "ThrottlingException",
    token: "UnrecognizedClientException",
    expired: "ExpiredTokenException",
  },
  organizations: {
    denied: "AccessDeniedException",
    throttled: "TooManyRequestsException",
    token: "UnrecognizedClientException",
    expired: "ExpiredTokenException",
  },
  ec2: {
    denied: "UnauthorizedOperation",
    throttled: "RequestLimitExceeded",
    token: "AuthFailure",
    expired: "RequestExpired",
  },
  sts: {
    denied: "AccessDenied",
    throttled: "Throttling",
    token: "InvalidClientTokenId",
    expired: "ExpiredToken",
  },
  iam: {
    denied: "AccessDenied",
    throttled: "Throttling",
    token: "InvalidClientTokenId",
    expired: "ExpiredToken",
  },
  s3: { denied: "AccessDenied", throttled: "SlowDown", token: "InvalidAccessKeyId", expired: "ExpiredToken" },
};

const sts = codesOf.sts as { denied: string; throttled: string; token: string; expired: string };

function codes(service: string) {
  return codesOf[service] ?? sts;
}

export type DenialCause = "identity" | "session" | "scp" | "resource";

const because: Readonly<Record<DenialCause, (action: string) => string>> = {
  identity: (action) => `because no identity-based policy allows the ${action} action`,
  session: (action) => `because no session policy allows the ${action} action`,
  scp: () => "with an explicit deny in a service control policy",
  resource: (action) => `because no resource-based policy allows the ${action} action`,
};

/** The denial of a service in its own code and in the words AWS uses for this cause. */
export function denial(
  service: string,
  action: string,
  principalArn: string,
  cause: DenialCause,
  code?: string,
): AwsError {
  const why = because[cause](action);
  const lead = service === "ec2" ? "You are not authorized to perform this operation. " : "";
  const on = service === "cloudtrail" || service === "ec2" ? "" : " on resource: *";
  const message = `${lead}User: ${principalArn} is not authorized to perform: ${action}${on} ${why}`;
  const status = service === "cloudtrail" || service === "organizations" ? 400 : 403;
  return new AwsError(code ?? codes(service).denied, message, status);
}

export function throttled(service: string, code?: string): AwsError {
  if (service === "ec2") return new AwsError(code ?? "RequestLimitExceeded", "Request limit exceeded.", 503);
  if (service === "s3") return new AwsError(code ?? "SlowDown", "Please reduce your request rate.", 503);
  return new AwsError(code ?? codes(service).throttled, "Rate exceeded", 400);
}

/** A key or session token that this Region does not know: disabled Region, revoked key, token of another kind. */
export function tokenRefused(service: string): AwsError {
  const { token } = codes(service);
  if (service === "ec2") {
    return new AwsError(token, "AWS was not able to validate the provided access credentials", 401);
  }
  if (service === "s3") {
    return new AwsError(token, "The AWS Access Key Id you provided does not exist in our records.", 403);
  }
  const json = token === "UnrecognizedClientException";
  return new AwsError(token, "The security token included in the request is invalid.", json ? 400 : 403);
}

export function tokenExpired(service: string): AwsError {
  const json = service === "cloudtrail" || service === "organizations";
  const message =
    service === "ec2" ? "Request has expired." : "The security token included in the request is expired";
  return new AwsError(codes(service).expired, message, json || service === "s3" ? 400 : 403);
}

export function validation(service: string, message: string): AwsError {
  const json = service === "cloudtrail" || service === "organizations";
  return new AwsError(json ? "ValidationException" : "ValidationError", message, 400);
}
