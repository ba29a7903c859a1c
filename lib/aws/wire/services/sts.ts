import { STSClient } from "@aws-sdk/client-sts";
import { endpointTable, plainEndpoint } from "@/lib/aws/wire/endpoints";
import type { AwsService } from "./service";

export const sts: AwsService<STSClient> = {
  name: "sts",
  makeClient: (settings) => new STSClient(settings),
  // Always Regional: tokens of the global endpoint are refused in opt-in Regions.
  endpoint: endpointTable(() => {
    const { endpointProvider } = new STSClient({ region: "us-east-1" }).config;
    return (region) => endpointProvider({ Region: region, ...plainEndpoint, UseGlobalEndpoint: false });
  }),
  answersInXml: true,
};
