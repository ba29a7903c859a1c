import { CloudTrailClient } from "@aws-sdk/client-cloudtrail";
import { endpointTable, plainEndpoint } from "@/lib/aws/wire/endpoints";
import type { AwsService } from "./service";

export const cloudTrail: AwsService<CloudTrailClient> = {
  name: "cloudtrail",
  makeClient: (settings) => new CloudTrailClient(settings),
  endpoint: endpointTable(() => {
    const { endpointProvider } = new CloudTrailClient({ region: "us-east-1" }).config;
    return (region) => endpointProvider({ Region: region, ...plainEndpoint });
  }),
  // AWS allows 10 reads a second per account and Region, shared with the customer's own tools, and does not raise
  // it. A burst of 10 and then 2 a second leaves them most of it.
  limit: { capacity: 10, refill: 2 },
};
