import { IAMClient } from "@aws-sdk/client-iam";
import { endpointTable, plainEndpoint } from "@/lib/aws/wire/endpoints";
import type { AwsService } from "./service";

export const iam: AwsService<IAMClient> = {
  name: "iam",
  makeClient: (settings) => new IAMClient(settings),
  endpoint: endpointTable(() => {
    const { endpointProvider } = new IAMClient({ region: "us-east-1" }).config;
    return (region) => endpointProvider({ Region: region, ...plainEndpoint });
  }),
  isGlobal: true,
  answersInXml: true,
};
