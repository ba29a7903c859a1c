import { CloudTrailClient, UpdateTrailCommand } from "@aws-sdk/client-cloudtrail";
import { demo } from "./start-product";

/** The AWS of the demo as the owner of an account uses it: over the real wire protocol, with keys of that account. */
export function cloudTrail(accessKeyId: string, region: string): CloudTrailClient {
  return new CloudTrailClient({
    region,
    endpoint: demo().sandboxUrl,
    credentials: { accessKeyId, secretAccessKey: "the-sandbox-checks-no-signatures" },
  });
}

/** The fix that most findings of this check ask for. */
export async function makeMultiRegion(accessKeyId: string, region: string, trail: string): Promise<void> {
  const client = cloudTrail(accessKeyId, region);
  await client.send(new UpdateTrailCommand({ Name: trail, IsMultiRegionTrail: true }));
  client.destroy();
}
