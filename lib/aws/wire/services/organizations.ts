import { OrganizationsClient } from "@aws-sdk/client-organizations";
import { endpointTable, plainEndpoint } from "@/lib/aws/wire/endpoints";
import type { AwsService } from "./service";

export const organizations: AwsService<OrganizationsClient> = {
  name: "organizations",
  makeClient: (settings) => new OrganizationsClient(settings),
  endpoint: endpointTable(() => {
    const { endpointProvider } = new OrganizationsClient({ region: "us-east-1" }).config;
    return (region) => endpointProvider({ Region: region, ...plainEndpoint });
  }),
  isGlobal: true,
};
