import type { Account } from "../model/account";
import { AwsError } from "../wire/aws-error";
import { type Call, read, type Service, textOf } from "./operation";

export const organizations: Service = {
  eventSource: "organizations.amazonaws.com",
  operations: {
    DescribeOrganization: read(describeOrganization),
    ListDelegatedAdministrators: read(listDelegatedAdministrators),
    ListAccounts: read(listAccounts),
  },
};

function organizationOf({ world, account }: Call) {
  const { organization } = world;
  if (!organization || !world.inOrganization(account.id)) {
    throw new AwsError(
      "AWSOrganizationsNotInUseException",
      "Your account is not a member of an organization.",
    );
  }
  return organization;
}

function describeOrganization(call: Call): object {
  const { id, managementAccountId } = organizationOf(call);
  const { partition } = call.account;
  const management = call.world.accounts.get(managementAccountId);
  return {
    Organization: {
      Id: id,
      Arn: `arn:${partition}:organizations::${managementAccountId}:organization/${id}`,
      FeatureSet: "ALL",
      MasterAccountArn: `arn:${partition}:organizations::${managementAccountId}:account/${id}/${managementAccountId}`,
      MasterAccountId: managementAccountId,
      MasterAccountEmail: management?.email ?? "aws+management@example.test",
      AvailablePolicyTypes: [{ Type: "SERVICE_CONTROL_POLICY", Status: "ENABLED" }],
    },
  };
}

function asAdministrator(call: Call) {
  const organization = organizationOf(call);
  const { id } = call.account;
  if (id !== organization.managementAccountId && !organization.delegatedAdministrators?.includes(id)) {
    throw new AwsError("AccessDeniedException", "You don't have permissions to access this resource.");
  }
  return organization;
}

function listDelegatedAdministrators(call: Call): object {
  const organization = asAdministrator(call);
  const service = textOf(call.input, "ServicePrincipal");
  const ids =
    service === undefined || service === "cloudtrail.amazonaws.com"
      ? organization.delegatedAdministrators
      : [];
  return {
    DelegatedAdministrators: (ids ?? []).map((id) => ({
      ...describeMember(call, id),
      DelegationEnabledDate: joined,
    })),
  };
}

function listAccounts(call: Call): object {
  const { memberIds = [], managementAccountId } = asAdministrator(call);
  const ids = new Set([managementAccountId, ...memberIds]);
  return { Accounts: [...ids].map((id) => describeMember(call, id)) };
}

const joined = Date.parse("2024-03-01T09:00:00Z") / 1_000;

function describeMember(call: Call, id: string): object {
  const { organization, accounts } = call.world;
  const account: Account | undefined = accounts.get(id);
  const isManagement = id === organization?.managementAccountId;
  return {
    Id: id,
    Arn: `arn:${account?.partition ?? "aws"}:organizations::${organization?.managementAccountId}:account/${organization?.id}/${id}`,
    Email: account?.email ?? `aws+${id}@example.test`,
    Name: account?.name ?? id,
    Status: "ACTIVE",
    State: "ACTIVE",
    JoinedMethod: isManagement ? "INVITED" : "CREATED",
    JoinedTimestamp: joined,
  };
}
