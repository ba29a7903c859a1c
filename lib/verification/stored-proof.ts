import { z } from "zod";
import type { DeliveringTrail } from "@/lib/checks/delivery";
import type { Proof, RegionKey, RegionProof } from "./proof";
import {
  inheritanceStates,
  keyReasons,
  keyRegionStates,
  keyStates,
  proofLevels,
} from "./verification-states";
import type { KeyEvidence } from "./verification-view";

/** A schema for every member of a type, so that a new member of it is not forgotten here. */
type Members<T> = Readonly<Record<keyof T, z.ZodType>>;

const text = z.string().exactOptional();

const evidence = z.strictObject({
  sentAt: text,
  requestId: text,
  trailArn: text,
  latestDeliveryTime: text,
  latestDeliveryError: text,
  level: z.enum(proofLevels.values).exactOptional(),
  objectKey: text,
  objectAt: text,
  readUpTo: text,
  sha256: text,
  eventId: text,
  error: text,
} satisfies Members<KeyEvidence>);

const regionKey = z.strictObject({
  state: z.enum(keyRegionStates.values),
  reason: z.enum(keyReasons.values).nullable(),
  at: z.string().nullable(),
  evidence: evidence.nullable(),
} satisfies Members<RegionKey>);

const trail = z.strictObject({
  arn: z.string(),
  bucket: z.string().nullable(),
  keyPrefix: z.string().nullable(),
  isOrganization: z.boolean(),
} satisfies Members<DeliveringTrail>);

const regionProof = z.strictObject({
  region: z.string(),
  a: regionKey,
  b: regionKey,
  trails: z.array(trail),
} satisfies Members<RegionProof>);

const proof: z.ZodType<Proof> = z.strictObject({
  a: z.enum(keyStates.values),
  b: z.enum(keyStates.values),
  inheritance: z.enum(inheritanceStates.values),
  awsOrganizationId: z.string().nullable(),
  scanId: z.uuid().nullable(),
  session: z.string().nullable(),
  calledAt: z.string().nullable(),
  byDelivery: z.boolean(),
  regions: z.array(regionProof),
} satisfies Members<Proof>);

/** The proof of a verification as it is stored. Throws for one that this version did not write. */
export function readProof(stored: unknown): Proof {
  return proof.parse(stored);
}
