import type { AwsOrganizationFact, Facts, OptInStatus, RegionFact } from "@/lib/checks/facts/facts";
import { type Reading, read } from "@/lib/checks/facts/reading";
import { items, members, text, textOf, UnexpectedShape } from "@/lib/offline/saved-answers/aws-shapes";
import { line } from "@/lib/offline/saved-answers/saved-record";
import type { SavedAnswers, SavedService } from "@/lib/offline/saved-answers/saved-service";

const once = { region: false, target: false } as const;
const describeOrganization = "organizations:DescribeOrganization";

/** Whose account it is, its Regions, and its place in an AWS organization. */
export const accountAnswers: SavedService = {
  calls: {
    "sts:GetCallerIdentity": once,
    "ec2:DescribeRegions": once,
    [describeOrganization]: once,
  },
  askOnce: `  ask '"call":"sts:GetCallerIdentity"' sts get-caller-identity
  ask '"call":"ec2:DescribeRegions"' ec2 describe-regions --all-regions
  ask '"call":"organizations:DescribeOrganization"' organizations describe-organization`,
  facts: ["organization", "regions"],
  factsIn: (answers) => ({
    organization: organizationIn(answers),
    regions: answers.once("ec2:DescribeRegions", regionFacts),
  }),
  linesOf(facts, { id, partition }) {
    const arn = `arn:${partition}:sts::${id}:assumed-role/Reader/cloudshell`;
    return [
      line({ call: "sts:GetCallerIdentity" }, read({ Account: id, Arn: arn })),
      ...(facts.regions ? [regionsLine(facts.regions)] : []),
      ...(facts.organization ? [organizationLine(facts.organization, id)] : []),
    ];
  },
  otherJson: [["Regions", "This is the answer of describe-regions alone: it says nothing of trails."]],
};

const optInStatuses: readonly string[] = ["opt-in-not-required", "opted-in", "not-opted-in"];

/** The answer of DescribeRegions. */
export function regionFacts(answer: unknown): readonly RegionFact[] {
  return items(members(answer, "the answer")["Regions"], "Regions").map((item) => {
    const region = members(item, "a Region");
    const optInStatus = text(region["OptInStatus"], "OptInStatus");
    if (!optInStatuses.includes(optInStatus)) {
      throw new UnexpectedShape(`OptInStatus is expected to be one of ${optInStatuses.join(", ")}`);
    }
    return {
      name: textOf("region")(region["RegionName"], "RegionName"),
      optInStatus: optInStatus as OptInStatus,
    };
  });
}

function organizationIn(answers: SavedAnswers): Reading<AwsOrganizationFact> {
  const [record] = answers.of(describeOrganization);
  // AWS answers an account without an organization with an error; to the check it is an answer.
  if (record?.error?.includes("AWSOrganizationsNotInUseException")) return read({ role: "STANDALONE" });
  return answers.once(describeOrganization, (answer) => {
    const found = members(members(answer, "the answer")["Organization"], "Organization");
    const managementAccountId = textOf("accountId")(found["MasterAccountId"], "MasterAccountId");
    return {
      role: managementAccountId === answers.accountId ? "MANAGEMENT" : "MEMBER",
      organizationId: textOf("organizationId")(found["Id"], "Id"),
      managementAccountId,
    };
  });
}

function regionsLine(regions: Facts["regions"]): string {
  return line({ call: "ec2:DescribeRegions" }, regions, (list) => ({
    Regions: list.map(({ name, optInStatus }) => ({ RegionName: name, OptInStatus: optInStatus })),
  }));
}

function organizationLine(reading: Facts["organization"], accountId: string): string {
  const call = describeOrganization;
  if (reading.ok && reading.value.role === "STANDALONE") {
    const code = "AWSOrganizationsNotInUseException";
    return JSON.stringify({
      call,
      error: `An error occurred (${code}) when calling the operation: not a member`,
    });
  }
  return line({ call }, reading, ({ role, organizationId, managementAccountId }) => ({
    Organization: {
      Id: organizationId ?? "o-example",
      MasterAccountId: managementAccountId ?? (role === "MANAGEMENT" ? accountId : "111111111111"),
    },
  }));
}
