import type { ActiveFault } from "./model/faults";
import type { Principal } from "./model/identity";
import type { World } from "./model/world";
import type { Outcome } from "./outcome";
import type { Answer } from "./wire/answer";
import { AwsError, denial, throttled, tokenExpired, tokenRefused } from "./wire/aws-error";
import type { WireRequest } from "./wire/request";

/** Waits for scripted latency, throws scripted errors, and hands back faults that spoil the answer itself. */
export async function applyFault(
  world: World,
  principal: Principal,
  { service, region }: WireRequest,
  operation: string,
  input: Readonly<Record<string, unknown>>,
): Promise<ActiveFault | undefined> {
  const account = principal.account.id;
  const api = `${service}:${operation}`;
  if (world.settings.rateLimits && !world.rateLimits.allows(account, region, service, operation)) {
    throw throttled(service);
  }
  const target = { account, roleAccount: roleAccountOf(input), service, api, region, trail: trailOf(input) };
  const { delayMs, fault } = world.faults.strike(target);
  if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
  if (fault) throwScripted(fault, service, api, principal.arn);
  return fault;
}

/** AssumeRole is the caller's call; a world scripts its failures for the account that it leads to. */
function roleAccountOf({ RoleArn }: Readonly<Record<string, unknown>>): string | undefined {
  return typeof RoleArn === "string" ? RoleArn.split(":")[4] : undefined;
}

/** The trail that a call is about, for faults that concern one trail. */
function trailOf(input: Readonly<Record<string, unknown>>): string | undefined {
  const name = input.Name ?? input.TrailName ?? input.ResourceId;
  if (typeof name === "string") return name;
  const [first] = Array.isArray(input.ResourceIdList) ? input.ResourceIdList : [];
  return typeof first === "string" ? first : undefined;
}

function throwScripted(fault: ActiveFault, service: string, api: string, principalArn: string): void {
  switch (fault.kind) {
    case "throttle":
      throw throttled(service, fault.code);
    case "deny":
    case "scp": {
      const cause = fault.kind === "scp" ? "scp" : "identity";
      const worded = denial(service, api, principalArn, cause, fault.code);
      throw fault.message === undefined ? worded : new AwsError(worded.code, fault.message, worded.status);
    }
    case "expired":
      throw tokenExpired(service);
    case "token_refused":
      throw tokenRefused(service);
    case "error":
      throw new AwsError(
        fault.code ?? "InternalFailure",
        fault.message ?? messageOf(fault.code),
        fault.status ?? 400,
      );
    case "server_error":
      throw new AwsError(
        fault.code ?? "InternalFailure",
        fault.message ?? "Internal failure",
        fault.status ?? 500,
      );
  }
}

function messageOf(code: string | undefined): string {
  if (code === "CloudTrailARNInvalidException") {
    return "AccountID in ARN is wrong, you can only access resources of your own account";
  }
  return `Scripted error ${code ?? ""}`.trim();
}

/** Faults of the answer itself: silence, a cut connection, HTML instead of the protocol, half an answer. */
export function disturbAnswer(fault: ActiveFault, run: () => Answer): Outcome {
  if (fault.kind === "hang" || fault.kind === "reset") return { kind: fault.kind };
  if (fault.kind === "html") {
    const body =
      "<html><head><title>500 Internal Server Error</title></head><body><h1>Internal Server Error</h1></body></html>";
    const headers = { "content-type": "text/html" };
    return { kind: "answer", answer: { status: fault.status ?? 500, headers, body } };
  }
  const answer = run();
  const body = Buffer.from(answer.body);
  const { "content-length": _whole, ...headers } = answer.headers;
  return {
    kind: "answer",
    answer: { status: answer.status, headers, body: body.subarray(0, Math.floor(body.length / 2)) },
  };
}
