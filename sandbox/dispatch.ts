import { randomUUID } from "node:crypto";
import { authenticate } from "./model/authenticate";
import { authorize } from "./model/authorize";
import type { ActiveFault } from "./model/faults";
import type { Principal } from "./model/identity";
import type { World } from "./model/world";
import { recordCall } from "./record";
import type { Call } from "./services/operation";
import { services } from "./services/registry";
import { answerS3 } from "./services/s3";
import { type Answer, render, renderError } from "./wire/answer";
import { AwsError, denial, throttled, tokenExpired, tokenRefused } from "./wire/aws-error";
import { Form } from "./wire/form";
import type { WireRequest } from "./wire/request";

/** What to do with a request: answer it, never answer it, or cut the connection. */
export type Outcome =
  | { readonly kind: "answer"; readonly answer: Answer }
  | { readonly kind: "hang" | "reset" };

const noInput: Readonly<Record<string, unknown>> = {};
const noForm = new Form("");

/** Serves one wire request from identification to the rendered answer, faults included. */
export async function dispatch(world: World, request: WireRequest): Promise<Outcome> {
  const started = performance.now();
  const requestId = randomUUID();
  const { service, region } = request;
  let principal: Principal | undefined;
  let input = noInput;
  let error: AwsError | undefined;
  let result: Answer | undefined;
  let special: Outcome | undefined;
  let operation = request.operation;
  try {
    principal = authenticate(world, service, region, request.accessKeyId);
    if (service === "s3") {
      const s3 = answerS3({ world, principal, region, now: world.now(), request, requestId });
      operation = s3.operation;
      const struck = await suffer(world, principal, service, operation, region, undefined);
      if (struck) special = disturb(struck, () => s3.run());
      else result = s3.run();
    } else {
      const form = request.protocol === "json" ? noForm : new Form(request.body.toString("utf8"));
      if (request.protocol === "json") input = parseBody(request.body);
      else input = Object.fromEntries(form.fields);
      const found = services[service]?.operations[operation];
      if (!found) throw unknownOperation(request);
      world.calls.count(principal.account.id, region, `${service}:${operation}`);
      const struck = await suffer(world, principal, service, operation, region, trailOf(input));
      const run = () => {
        if (!found.free) authorize(world, principal as Principal, service, `${service}:${operation}`, region);
        const call: Call = {
          world,
          principal: principal as Principal,
          account: (principal as Principal).account,
          region,
          now: world.now(),
          request,
          requestId,
          input,
          form,
        };
        return render(request, found.run(call), requestId);
      };
      if (struck) special = disturb(struck, run);
      else result = run();
    }
  } catch (thrown) {
    if (thrown instanceof AwsError) error = thrown;
    else {
      console.error(thrown);
      error = new AwsError("InternalFailure", "The sandbox failed on this request.", 500);
    }
    result = renderError(request, error, requestId);
  }
  recordCall(world, {
    request,
    operation,
    principal,
    input,
    error,
    requestId,
    started,
    special: special?.kind,
  });
  return special ?? { kind: "answer", answer: result as Answer };
}

function parseBody(body: Buffer): Readonly<Record<string, unknown>> {
  if (body.length === 0) return noInput;
  try {
    const value: unknown = JSON.parse(body.toString("utf8"));
    if (typeof value === "object" && value !== null) return value as Record<string, unknown>;
  } catch {
    // Answered below in the protocol's own words.
  }
  throw new AwsError("SerializationException", "Could not parse the request body.");
}

function unknownOperation(request: WireRequest): AwsError {
  const { service, operation } = request;
  if (request.protocol === "json") return new AwsError("UnknownOperationException", "");
  const message =
    request.protocol === "ec2"
      ? `The action ${operation} is not valid for this web service.`
      : `Could not find operation ${operation} for version ${service === "iam" ? "2010-05-08" : "2011-06-15"}`;
  return new AwsError("InvalidAction", message);
}

function trailOf(input: Readonly<Record<string, unknown>>): string | undefined {
  const name = input.Name ?? input.TrailName ?? input.ResourceId;
  if (typeof name === "string") return name;
  const [first] = Array.isArray(input.ResourceIdList) ? input.ResourceIdList : [];
  return typeof first === "string" ? first : undefined;
}

/** Waits for scripted latency, throws scripted errors, and hands back faults that spoil the answer itself. */
async function suffer(
  world: World,
  principal: Principal,
  service: string,
  operation: string,
  region: string,
  trail: string | undefined,
): Promise<ActiveFault | undefined> {
  const account = principal.account.id;
  const api = `${service}:${operation}`;
  if (world.settings.rateLimits && !world.rateLimits.allows(account, region, service, operation)) {
    throw throttled(service);
  }
  const { delayMs, fault } = world.faults.strike({ account, service, api, region, trail });
  if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
  if (!fault) return undefined;
  switch (fault.kind) {
    case "throttle":
      throw throttled(service, fault.code);
    case "deny":
    case "scp": {
      const cause = fault.kind === "scp" ? "scp" : "identity";
      const worded = denial(service, api, principal.arn, cause, fault.code);
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
    default:
      return fault;
  }
}

function messageOf(code: string | undefined): string {
  if (code === "CloudTrailARNInvalidException") {
    return "AccountID in ARN is wrong, you can only access resources of your own account";
  }
  return `Scripted error ${code ?? ""}`.trim();
}

function disturb(fault: ActiveFault, run: () => Answer): Outcome {
  if (fault.kind === "hang" || fault.kind === "reset") return { kind: fault.kind };
  if (fault.kind === "html") {
    const body =
      "<html><head><title>500 Internal Server Error</title></head><body><h1>Internal Server Error</h1></body></html>";
    const headers = { "content-type": "text/html" };
    return { kind: "answer", answer: { status: fault.status ?? 500, headers, body } };
  }
  const answer = run();
  const body = Buffer.from(answer.body);
  return { kind: "answer", answer: { ...answer, body: body.subarray(0, Math.floor(body.length / 2)) } };
}
