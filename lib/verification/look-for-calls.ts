import { readDeliveries } from "@/lib/aws/deliveries/read-deliveries";
import type { RecordedCall } from "@/lib/aws/wire/recorded-call";
import { env } from "@/lib/env";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { judgeDelivered } from "./judge-look";
import type { OpenVerification } from "./open-verification";
import { type RegionProof, regionsToLookAt, type Sighting } from "./proof";
import { readLogFiles } from "./read-log-files";

const deadlineMs = 60_000;

export interface LookInput {
  readonly verification: OpenVerification;
  readonly role: NonNullable<OpenVerification["account"]["role"]>;
  readonly signal: AbortSignal;
  readonly onCall: (call: RecordedCall) => void;
}

/**
 * One look for our calls in every Region that waits, at the level that the verification demands. What trails say of
 * themselves is asked at every level: a trail that was stopped, or cannot deliver, is known before any file is missed.
 * Empty without a session in the account: a look that saw nothing changes nothing. Calls AWS: not for a transaction.
 */
export async function lookForCalls(ctx: TenantContext, input: LookInput): Promise<readonly Sighting[]> {
  const { id, account, proof, requiredProof } = input.verification;
  const shared = {
    sessionName: `posturio-look-${id.slice(0, 8)}`,
    signal: input.signal,
    onCall: input.onCall,
    endpoint: env.POSTURIO_AWS_ENDPOINT,
    deadlineMs,
  };
  const waiting = regionsToLookAt(proof);
  const { connectionFailure, deliveries } = await readDeliveries({
    ...shared,
    account: { id: account.awsAccountId, partition: account.partition },
    role: input.role,
    places: waiting.flatMap(({ region, trails }) => trails.map(({ arn }) => ({ region, arn }))),
  });
  if (connectionFailure) return [];
  const told = waiting.map((proofOfRegion) =>
    judgeDelivered(
      proofOfRegion,
      deliveries.filter(({ region }) => region === proofOfRegion.region),
    ),
  );
  if (requiredProof === "delivered" || proof.session === null) return told;
  const files = await readLogFiles(ctx, {
    ...shared,
    account,
    level: requiredProof,
    awsOrganizationId: proof.awsOrganizationId,
    callSession: proof.session,
    regions: stillLogging(waiting, told),
  });
  const inBucket = new Map(files.map((sighting) => [sighting.region, sighting]));
  return told.map((sighting) => together(sighting, inBucket.get(sighting.region)));
}

function stillLogging(waiting: readonly RegionProof[], told: readonly Sighting[]): readonly RegionProof[] {
  const failed = new Set(told.flatMap(({ region, state }) => (state === "failed" ? [region] : [])));
  return waiting.filter(({ region }) => !failed.has(region));
}

/** The file decides. While it is missing, what the trail says of its delivery is the better reason. */
function together(told: Sighting, file: Sighting | undefined): Sighting {
  if (file === undefined) return told;
  const { level: _level, ...saidByTrail } = told.evidence;
  const reason = file.state === "waiting" && told.reason === "delivery_error" ? told.reason : file.reason;
  return { ...file, reason, evidence: { ...saidByTrail, ...file.evidence } };
}
