import { randomUUID } from "node:crypto";

/** One management event, kept small; the full record is written out only when someone reads it. */
export interface ApiEvent {
  readonly id: string;
  readonly time: number;
  readonly accountId: string;
  readonly region: string;
  readonly source: string;
  readonly name: string;
  readonly readOnly: boolean;
  readonly principalArn: string;
  readonly principalId: string;
  readonly userName: string;
  readonly accessKeyId: string;
  readonly sourceIp: string;
  readonly userAgent: string;
  readonly requestId: string;
  readonly request: unknown;
  readonly errorCode: string | undefined;
  readonly errorMessage: string | undefined;
  readonly resources: readonly { readonly type: string; readonly name: string }[];
}

/** Event history of one account in one Region, newest last. */
export interface Activity {
  readonly events: ApiEvent[];
}

const historyLimit = 1_000;

export function remember(activity: Activity, event: ApiEvent): void {
  activity.events.push(event);
  if (activity.events.length > historyLimit) activity.events.splice(0, historyLimit / 4);
}

export function newEventId(): string {
  return randomUUID();
}

/** The event as it is in a log file and in `CloudTrailEvent` of LookupEvents. */
export function eventRecord(event: ApiEvent): Record<string, unknown> {
  const assumed = /:assumed-role\/([^/]+)\//.exec(event.principalArn);
  const callerAccount = event.principalArn.split(":")[4] ?? event.accountId;
  const partition = event.principalArn.split(":")[1] ?? "aws";
  const identity: Record<string, unknown> = {
    type: assumed ? "AssumedRole" : "IAMUser",
    principalId: event.principalId,
    arn: event.principalArn,
    accountId: callerAccount,
    accessKeyId: event.accessKeyId,
  };
  if (assumed) {
    identity.sessionContext = {
      sessionIssuer: {
        type: "Role",
        principalId: event.principalId.split(":")[0],
        arn: `arn:${partition}:iam::${callerAccount}:role/${assumed[1]}`,
        accountId: callerAccount,
        userName: assumed[1],
      },
      attributes: { creationDate: iso(event.time), mfaAuthenticated: "false" },
    };
  } else identity.userName = event.userName;
  return {
    eventVersion: "1.11",
    userIdentity: identity,
    eventTime: iso(event.time),
    eventSource: event.source,
    eventName: event.name,
    awsRegion: event.region,
    sourceIPAddress: event.sourceIp,
    userAgent: event.userAgent,
    ...(event.errorCode ? { errorCode: event.errorCode, errorMessage: event.errorMessage } : {}),
    requestParameters: event.request ?? null,
    responseElements: null,
    requestID: event.requestId,
    eventID: event.id,
    readOnly: event.readOnly,
    eventType: "AwsApiCall",
    managementEvent: true,
    recipientAccountId: event.accountId,
    eventCategory: "Management",
  };
}

function iso(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}
