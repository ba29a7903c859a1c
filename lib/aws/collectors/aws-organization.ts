import {
  DescribeOrganizationCommand,
  type DescribeOrganizationCommandOutput,
  type OrganizationsClient,
} from "@aws-sdk/client-organizations";
import { organizations } from "@/lib/aws/wire/services/organizations";
import type { AwsOrganizationFact } from "@/lib/checks/facts/facts";
import { accepted } from "@/lib/checks/facts/patterns";
import { primaryRegion } from "@/lib/checks/regions";
import type { Collector } from "./collector";

/**
 * The account's place in its AWS organization. A delegated administrator shows as MEMBER: telling it apart would take
 * organizations:ListDelegatedAdministrators, which the role does not ask for.
 */
export const awsOrganizationCollector: Collector<"organization"> = {
  fact: "organization",
  collect({ account, call }) {
    return call<OrganizationsClient, DescribeOrganizationCommandOutput, AwsOrganizationFact>({
      service: organizations,
      api: "organizations:DescribeOrganization",
      region: primaryRegion(account.partition),
      send: (client, options) => client.send(new DescribeOrganizationCommand({}), options),
      parse: ({ Organization: found }) => {
        if (!found?.Id || !found.MasterAccountId) return undefined;
        const role = found.MasterAccountId === account.id ? "MANAGEMENT" : "MEMBER";
        return {
          role,
          organizationId: accepted("organizationId", found.Id, "Id"),
          managementAccountId: accepted("accountId", found.MasterAccountId, "MasterAccountId"),
        };
      },
      answerIn: ({ code }) =>
        code === "AWSOrganizationsNotInUseException" ? { role: "STANDALONE" } : undefined,
    });
  },
};
