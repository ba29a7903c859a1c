import { EC2Client } from "@aws-sdk/client-ec2";
import { endpointTable, plainEndpoint } from "@/lib/aws/wire/endpoints";
import type { AwsService } from "./service";

export const ec2: AwsService<EC2Client> = {
  name: "ec2",
  makeClient: (settings) => new EC2Client(settings),
  endpoint: endpointTable(() => {
    const { endpointProvider } = new EC2Client({ region: "us-east-1" }).config;
    return (region) => endpointProvider({ Region: region, ...plainEndpoint });
  }),
  answersInXml: true,
};
