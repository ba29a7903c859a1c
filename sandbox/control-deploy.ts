import { stopLogging } from "./model/delivery";
import { newEventId } from "./model/events";
import { randomId } from "./model/identity";
import type { Trail } from "./model/trail";
import type { World } from "./model/world";

export interface DeploySpec {
  readonly account: string;
  /** Name or ARN. */
  readonly trail: string;
  /** What the deployed template says of the trail. Default: single-region. */
  readonly action?: "single-region" | "stop" | "delete" | "write-only";
}

const eventNames = {
  "single-region": "UpdateTrail",
  stop: "StopLogging",
  delete: "DeleteTrail",
  "write-only": "PutEventSelectors",
} as const;

/** A deployment pipeline puts the trail back to what its template says, as infrastructure code does. */
export function deploy(world: World, trail: Trail, spec: DeploySpec): void {
  const action = spec.action ?? "single-region";
  const now = world.now();
  world.materialize(trail);
  if (action === "single-region") {
    trail.isMultiRegion = false;
    trail.includeGlobalServiceEvents = false;
    trail.presence.clear();
    for (const key of trail.regional.keys()) {
      if (!key.endsWith(`/${trail.homeRegion}`)) trail.regional.delete(key);
    }
  } else if (action === "stop") stopLogging(trail, now);
  else if (action === "delete") world.trails.delete(trail.arn);
  else if (action === "write-only") {
    trail.selectors = { basic: [{ readWriteType: "WriteOnly" }], advanced: undefined };
    trail.hasCustomSelectors = true;
  } else throw new Error(`Unknown action: ${String(action)}`);
  world.changed();
  const arn = `arn:${trail.partition}:sts::${trail.ownerAccount}:assumed-role/deploy-pipeline/terraform`;
  world.record({
    id: newEventId(),
    time: now,
    accountId: trail.ownerAccount,
    region: trail.homeRegion,
    source: "cloudtrail.amazonaws.com",
    name: eventNames[action],
    readOnly: false,
    principalArn: arn,
    principalId: "AROADEPLOYPIPELINEXXX:terraform",
    userName: "terraform",
    accessKeyId: randomId("ASIA", 20),
    sourceIp: "203.0.113.10",
    userAgent: "APN/1.0 HashiCorp/1.0 Terraform/1.9.0",
    requestId: newEventId(),
    request: { name: trail.arn },
    errorCode: undefined,
    errorMessage: undefined,
    resources: [{ type: "AWS::CloudTrail::Trail", name: trail.arn }],
  });
}
