import type { AwsIdentity } from "@/lib/aws/session/identity";
import type { CustomerRole } from "@/lib/aws/session/session";
import type { WireSettings } from "@/lib/aws/wire/clients";
import type { CallLimiter } from "@/lib/aws/wire/limiter";
import type { OnCall, RecordedCall } from "@/lib/aws/wire/recorded-call";
import type { Partition } from "@/lib/checks/facts/facts";
import type { ProbeNames } from "./messages";
import type { Checklist, ProbeStep } from "./steps";

/** IAM is eventually consistent: how long an answer that contradicts a recent change is asked for again. */
export interface RetryTimes {
  /** While a role just created is still refused, in milliseconds. */
  readonly refusedMs: number;
  /** While a trust policy just closed still lets us in. */
  readonly openMs: number;
  /** First pause; each next one is twice as long, up to 15 s. */
  readonly firstPauseMs: number;
}

export interface ProbeInput {
  readonly role: CustomerRole;
  /** What the person typed; proven by GetCallerIdentity, never by the form. */
  readonly expectedAccountId: string;
  readonly partition: Partition;
  /** Our identity in this partition; absent: the partition is not configured on this installation. */
  readonly principalArn: string | undefined;
  readonly sessionName: string;
  readonly signal: AbortSignal;
  /** Called at each change of a step. */
  readonly onStep: (step: ProbeStep) => void;
  readonly onCall?: OnCall | undefined;
  readonly endpoint?: string | undefined;
  /** External ids of the same organization's other connections: a role created for one of them is named as such. */
  readonly otherExternalIds?: readonly string[] | undefined;
  readonly retry?: Partial<RetryTimes> | undefined;
  readonly wire?: Partial<WireSettings> | undefined;
  readonly limiter?: CallLimiter | undefined;
  readonly baseCredentials?: (() => Promise<AwsIdentity>) | undefined;
}

/** What the steps of one test share. */
export interface Probe {
  readonly input: ProbeInput;
  readonly names: ProbeNames;
  readonly wire: WireSettings;
  readonly checklist: Checklist;
  readonly calls: RecordedCall[];
  readonly onCall: OnCall;
}

/** Request id of the call that ended last. */
export function lastRequestId({ calls }: Probe): string | undefined {
  return calls.at(-1)?.requestId;
}
