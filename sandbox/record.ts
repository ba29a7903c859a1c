import { newEventId } from "./model/events";
import type { Principal } from "./model/identity";
import { globalRegion } from "./model/partitions";
import type { World } from "./model/world";
import { services } from "./services/registry";
import type { AwsError } from "./wire/aws-error";
import type { WireRequest } from "./wire/request";

interface Finished {
  readonly request: WireRequest;
  readonly operation: string;
  readonly principal: Principal | undefined;
  readonly input: Readonly<Record<string, unknown>>;
  readonly error: AwsError | undefined;
  readonly requestId: string;
  readonly started: number;
  /** A scripted fault that spoiled the answer. */
  readonly fate: string | undefined;
}

/** Writes a finished call into the call log and, as a management event, into Event history and trails. */
export function recordCall(world: World, finished: Finished): void {
  const { request, operation, principal, input, error, requestId } = finished;
  const target = targetOf(input);
  world.calls.add({
    at: new Date(world.now()).toISOString(),
    account: principal?.account.id ?? "",
    principal: principal?.arn ?? "",
    region: request.region,
    api: `${request.service}:${operation}`,
    ...(target === undefined ? {} : { target }),
    outcome: error?.code ?? finished.fate ?? "ok",
    requestId,
    durationMs: Math.round((performance.now() - finished.started) * 10) / 10,
    ...(principal?.session?.policy ? { sessionPolicy: true } : {}),
  });
  if (!principal || request.service === "s3" || isThrottled(error)) return;
  const service = services[request.service];
  const found = service?.operations[operation];
  if (!service || !found) return;
  const { partition } = principal.account;
  const region =
    request.service === "iam" || request.service === "organizations"
      ? globalRegion(partition)
      : request.region;
  const event = {
    id: newEventId(),
    time: world.now(),
    accountId: principal.account.id,
    region,
    source: service.eventSource,
    name: operation,
    readOnly: found.readOnly || operation === "AssumeRole",
    principalArn: principal.arn,
    principalId: principal.userId,
    userName: principal.arn.slice(principal.arn.lastIndexOf("/") + 1),
    accessKeyId: principal.accessKeyId,
    sourceIp: "127.0.0.1",
    userAgent: headerText(request.headers["user-agent"]),
    requestId,
    request: parametersOf(input),
    errorCode: error?.code,
    errorMessage: error?.message,
    resources: target === undefined ? [] : [{ type: resourceType(operation), name: target }],
  };
  world.record(event);
  // The account whose role was assumed records the call too.
  const roleAccount = operation === "AssumeRole" && !error ? target?.split(":")[4] : undefined;
  if (roleAccount !== undefined && roleAccount !== event.accountId) {
    world.record({ ...event, id: newEventId(), accountId: roleAccount });
  }
}

/** Without the protocol's own fields, and without policy texts, which would fill the memory. */
function parametersOf(input: Readonly<Record<string, unknown>>): unknown {
  if (input.Action === undefined) return input;
  const { Action, Version, Policy, PolicyDocument, AssumeRolePolicyDocument, ...rest } = input;
  return rest;
}

/** A throttled request is not an API event. */
function isThrottled(error: AwsError | undefined): boolean {
  return error !== undefined && /Throttling|RequestLimitExceeded|TooManyRequests|SlowDown/.test(error.code);
}

function targetOf(input: Readonly<Record<string, unknown>>): string | undefined {
  const name = input.Name ?? input.TrailName ?? input.RoleArn ?? input.RoleName ?? input.ResourceId;
  return typeof name === "string" ? name : undefined;
}

function resourceType(operation: string): string {
  return /Role/.test(operation) ? "AWS::IAM::Role" : "AWS::CloudTrail::Trail";
}

function headerText(value: string | string[] | undefined): string {
  return (Array.isArray(value) ? value[0] : value) ?? "";
}
