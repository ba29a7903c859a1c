import { randomUUID } from "node:crypto";
import { applyFault, disturbAnswer } from "./fault-effects";
import { authenticate } from "./model/authenticate";
import { authorize } from "./model/authorize";
import type { Principal } from "./model/identity";
import type { World } from "./model/world";
import type { Outcome } from "./outcome";
import { recordCall } from "./record";
import { services } from "./services/registry";
import { answerS3 } from "./services/s3";
import { type Answer, render, renderError } from "./wire/answer";
import { AwsError } from "./wire/aws-error";
import { Form } from "./wire/form";
import type { WireRequest } from "./wire/request";

type Input = Readonly<Record<string, unknown>>;

/** An operation that is known, but not yet authorized or run. */
interface Prepared {
  readonly operation: string;
  readonly input: Input;
  readonly readOnly: boolean;
  readonly run: () => Answer;
}

const noInput: Input = {};
const noForm = new Form("");

/**
 * Serves one wire request from identification to the rendered answer, faults included. A replay is a change
 * from the journal: it meets no faults and no request limits.
 */
export async function dispatch(world: World, request: WireRequest, replay = false): Promise<Outcome> {
  const started = performance.now();
  const requestId = randomUUID();
  let principal: Principal | undefined;
  let prepared: Prepared | undefined;
  let error: AwsError | undefined;
  let outcome: Outcome;
  let fate: string | undefined;
  try {
    principal = authenticate(world, request.service, request.region, request.accessKeyId);
    prepared = prepare(world, principal, request, requestId);
    const { operation, input, readOnly, run } = prepared;
    world.calls.count(principal.account.id, request.region, `${request.service}:${operation}`);
    const fault = replay ? undefined : await applyFault(world, principal, request, operation, input);
    fate = fault?.kind;
    outcome = fault ? disturbAnswer(fault, run) : { kind: "answer", answer: run() };
    const changes = !readOnly && request.service !== "sts" && fate !== "html";
    if (changes && outcome.kind === "answer") outcome = { ...outcome, changedAccount: principal.account.id };
  } catch (thrown) {
    error = asAwsError(thrown);
    outcome = { kind: "answer", answer: renderError(request, error, requestId) };
  }
  recordCall(world, {
    request,
    operation: prepared?.operation ?? request.operation,
    principal,
    input: prepared?.input ?? noInput,
    error,
    requestId,
    started,
    fate,
  });
  return outcome;
}

function prepare(world: World, principal: Principal, request: WireRequest, requestId: string): Prepared {
  const { service, region } = request;
  if (service === "s3") {
    const { operation, run } = answerS3({ world, principal, region, now: world.now(), request, requestId });
    return { operation, input: noInput, readOnly: /^(Get|Head|List)/.test(operation), run };
  }
  const { operation } = request;
  const isJson = request.protocol === "json";
  const form = isJson ? noForm : new Form(request.body.toString("utf8"));
  const input = isJson ? parseBody(request.body) : Object.fromEntries(form.fields);
  const found = services[service]?.operations[operation];
  if (!found) throw unknownOperation(request);
  const run = () => {
    if (!found.free) authorize(world, principal, service, `${service}:${operation}`, region);
    const { account } = principal;
    const now = world.now();
    return render(
      request,
      found.run({ world, principal, account, region, now, request, requestId, input, form }),
      requestId,
    );
  };
  return { operation, input, readOnly: found.readOnly, run };
}

function asAwsError(thrown: unknown): AwsError {
  if (thrown instanceof AwsError) return thrown;
  console.error(thrown);
  return new AwsError("InternalFailure", "The sandbox failed on this request.", 500);
}

function parseBody(body: Buffer): Input {
  if (body.length === 0) return noInput;
  try {
    const value: unknown = JSON.parse(body.toString("utf8"));
    if (typeof value === "object" && value !== null) return value as Record<string, unknown>;
  } catch {
    // Answered below in the protocol's own words.
  }
  throw new AwsError("SerializationException", "Could not parse the request body.");
}

function unknownOperation({ service, operation, protocol }: WireRequest): AwsError {
  if (protocol === "json") return new AwsError("UnknownOperationException", "");
  const message =
    protocol === "ec2"
      ? `The action ${operation} is not valid for this web service.`
      : `Could not find operation ${operation} for version ${service === "iam" ? "2010-05-08" : "2011-06-15"}`;
  return new AwsError("InvalidAction", message);
}
