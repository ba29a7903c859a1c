import { describe, expect, it } from "vitest";
import { failureKind } from "./failure-kind";
import { failureCause, failureWords } from "./failure-words";
import type { ReadFailureKind } from "./reading";

const cases: readonly (readonly [service: string, code: string, kind: ReadFailureKind])[] = [
  ["cloudtrail", "AccessDeniedException", "denied"],
  ["sts", "AccessDenied", "denied"],
  ["ec2", "UnauthorizedOperation", "denied"],
  ["cloudtrail", "ThrottlingException", "throttled"],
  ["ec2", "RequestLimitExceeded", "throttled"],
  ["organizations", "TooManyRequestsException", "throttled"],
  ["sts", "Throttling", "throttled"],
  ["cloudtrail", "UnrecognizedClientException", "token_refused"],
  ["ec2", "AuthFailure", "token_refused"],
  ["sts", "InvalidClientTokenId", "token_refused"],
  ["sts", "ExpiredToken", "expired"],
  ["cloudtrail", "ExpiredTokenException", "expired"],
  ["cloudtrail", "CloudTrailARNInvalidException", "arn_invalid"],
  ["cloudtrail", "TrailNotFoundException", "not_found"],
  ["cloudtrail", "UnsupportedOperationException", "unsupported"],
  ["cloudtrail", "TimeoutError", "timeout"],
  ["cloudtrail", "ECONNREFUSED", "network"],
  ["cloudtrail", "SyntaxError", "garbage"],
  ["cloudtrail", "InternalFailure", "server_error"],
  ["cloudtrail", "NeverHeardOfException", "server_error"],
  ["cloudtrail", "com.amazonaws.cloudtrail.v20131101#TrailNotFoundException", "not_found"],
  ["cloudtrail", "AccessDeniedException:http://internal.amazon.com/", "denied"],
];

describe("failureKind", () => {
  it.each(cases)("%s answering %s means %s", (service, code, kind) => {
    expect(failureKind(service, code, "")).toBe(kind);
  });

  it("tells a service control policy from a missing permission by AWS's own sentence", () => {
    const message =
      "User: x is not authorized to perform: y with an explicit deny in a service control policy";
    expect(failureKind("cloudtrail", "AccessDeniedException", message)).toBe("denied_by_scp");
    const missing = "because no identity-based policy allows the cloudtrail:DescribeTrails action";
    expect(failureKind("cloudtrail", "AccessDeniedException", missing)).toBe("denied");
  });
});

describe("failureWords", () => {
  it("tells an error page of a proxy apart from an error of AWS", () => {
    const failure = {
      kind: "server_error",
      api: "ec2:DescribeRegions",
      region: "us-east-1",
      message: "",
    } as const;
    expect(failureWords({ ...failure, code: "MalformedResponse" }).whatToDo).toContain("proxy");
    expect(failureCause({ ...failure, code: "MalformedResponse" })).toContain("error page");
    expect(failureWords({ ...failure, code: "InternalFailure" }).text).toContain("InternalFailure");
  });

  it("names the action and the Region, and says what to do, for every kind", () => {
    for (const kind of new Set(cases.map(([, , kind]) => kind))) {
      const failure = { kind, api: "cloudtrail:DescribeTrails", region: "eu-west-1", code: "X", message: "" };
      const { title, text, whatToDo } = failureWords(failure);
      expect(title).toBeTruthy();
      expect(text).toMatch(/DescribeTrails.*\.$/);
      expect(text).toContain("eu-west-1");
      expect(whatToDo).toMatch(/\.$/);
    }
  });

  it("speaks of the role when the role itself is refused", () => {
    const refused = {
      kind: "denied",
      api: "sts:AssumeRole",
      region: "us-east-1",
      code: "AccessDenied",
      message: "",
    } as const;
    expect(failureWords(refused).whatToDo).toContain("external id");
  });

  it("speaks of the credentials, not of a Region, when there are none or AWS refuses them", () => {
    const place = { api: "sts:GetCallerIdentity", region: "us-east-1", message: "" };
    const none = {
      ...place,
      kind: failureKind("sts", "CredentialsProviderError", ""),
      code: "CredentialsProviderError",
    };
    expect(failureWords(none)).toMatchObject({ title: "No AWS credentials" });
    expect(failureCause(none)).toBe("there are no AWS credentials");
    const refused = { ...place, kind: "token_refused", code: "InvalidClientTokenId" } as const;
    expect(failureWords(refused).title).toBe("Credentials refused");
    expect(failureWords(refused).whatToDo).toContain("access key");
  });

  it("asks for the ARN and the external id again when AWS refuses their form", () => {
    const malformed = {
      kind: "unsupported",
      api: "sts:AssumeRole",
      region: "us-east-1",
      code: "ValidationError",
      message: "",
    } as const;
    expect(failureWords(malformed).whatToDo).toContain("external id");
  });
});
