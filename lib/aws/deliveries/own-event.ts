import { MalformedResponse } from "@/lib/aws/wire/read-failure";

/** A call of ours, by what its event shows of it. */
export interface OwnCall {
  readonly region: string;
  readonly accountId: string;
  /** Null when AWS gave none. */
  readonly requestId: string | null;
  /** The role session under which it was made. */
  readonly session: string;
  /** When AWS answered it, ISO 8601. */
  readonly sentAt: string;
}

/** How far the time of an event may be from AWS's answer. */
const nearMs = 5 * 60_000;

/**
 * The id of the event of our own call in the text of a log file; null when it is not there. By the call's request id,
 * or else by our session's name and the operation at that time. Throws MalformedResponse for text that is no log file.
 */
export function ownEventIn(text: Buffer, call: OwnCall): string | null {
  const { requestId, session } = call;
  // Most files hold nothing of ours, and searching costs far less than parsing.
  const mayHold = text.includes(`/${session}"`) || (requestId !== null && text.includes(requestId));
  if (!mayHold) return null;
  const event = recordsOf(text).find((record) => isOwn(record, call));
  return typeof event?.eventID === "string" ? event.eventID : null;
}

type EventRecord = Readonly<Record<string, unknown>>;

function recordsOf(text: Buffer): readonly EventRecord[] {
  let file: unknown;
  try {
    file = JSON.parse(text.toString("utf8"));
  } catch {
    // The parser's words would repeat what is in the file.
    throw new MalformedResponse("The log file is not JSON.");
  }
  const records = (file as { Records?: unknown } | null)?.Records;
  if (!Array.isArray(records)) throw new MalformedResponse("The log file has no records.");
  return records.filter((record): record is EventRecord => typeof record === "object" && record !== null);
}

function isOwn(record: EventRecord, { region, accountId, requestId, session, sentAt }: OwnCall): boolean {
  if (record.awsRegion !== region || record.recipientAccountId !== accountId) return false;
  if (requestId !== null && record.requestID === requestId) return true;
  const arn = (record.userIdentity as { arn?: unknown } | undefined)?.arn;
  if (record.eventName !== "DescribeTrails" || typeof arn !== "string" || !arn.endsWith(`/${session}`)) {
    return false;
  }
  const at = Date.parse(String(record.eventTime));
  return Math.abs(at - Date.parse(sentAt)) <= nearMs;
}
