import {
  DescribeOrganizationCommand,
  type DescribeOrganizationCommandOutput,
} from "@aws-sdk/client-organizations";
import type { Collector } from "@/lib/aws/collector";
import type { OrganizationFact } from "@/lib/checks/facts/facts";
import { primaryRegion } from "@/lib/checks/regions";

/**
 * The account's place in its AWS organization. A delegated administrator shows as MEMBER: telling it apart
 * would take a permission that only the management account can use.
 */
export const organizationCollector: Collector<"organization"> = {
  fact: "organization",
  collect({ account, call }) {
    return call<DescribeOrganizationCommandOutput, OrganizationFact>({
      api: "organizations:DescribeOrganization",
      region: primaryRegion(account.partition),
      send: (clients, options) => clients.organizations().send(new DescribeOrganizationCommand({}), options),
      parse: ({ Organization: found }) => {
        if (!found?.Id || !found.MasterAccountId) return undefined;
        const role = found.MasterAccountId === account.id ? "MANAGEMENT" : "MEMBER";
        return { role, organizationId: found.Id, managementAccountId: found.MasterAccountId };
      },
      answerIn: ({ code }) =>
        code === "AWSOrganizationsNotInUseException" ? { role: "STANDALONE" } : undefined,
    });
  },
};
