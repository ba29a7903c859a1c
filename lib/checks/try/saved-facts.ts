import type {
  EventDataStore,
  EventSelectors,
  TrailDescription,
  TrailStatus,
} from "@/lib/checks/facts/cloudtrail";
import type { Facts, OrganizationFact } from "@/lib/checks/facts/facts";
import { type Reading, read, unread } from "@/lib/checks/facts/reading";
import { failureOf } from "./aws-cli-error";
import {
  eventDataStore,
  eventDataStoreArns,
  eventSelectors,
  members,
  regionFacts,
  tagsOf,
  text,
  trailDescriptions,
  trailStatus,
  UnexpectedShape,
} from "./aws-shapes";
import type { SavedCall, SavedProblem, SavedRecord } from "./saved-format";

const runAgain = "Run the command again and paste all that it prints.";

type Mutable<T> = Record<string, T>;

/** The facts in the records, and every answer that is not what AWS prints. */
export function factsOf(
  records: readonly SavedRecord[],
  accountId: string,
): { readonly facts: Facts; readonly problems: readonly SavedProblem[] } {
  const problems: SavedProblem[] = [];
  const problem = (record: SavedRecord, said: string) => {
    const where = record.region === "" ? "" : ` in ${record.region}`;
    problems.push({
      line: record.line,
      text: `${record.call}${where}: ${said}.`,
      whatToDo: runAgain,
    });
  };
  const parsed = <T>(record: SavedRecord, parse: (answer: unknown) => T): Reading<T> => {
    if (record.error !== null) return unread(failureOf(record.call, record.region, record.error));
    try {
      return read(parse(record.answer));
    } catch (error) {
      if (!(error instanceof UnexpectedShape)) throw error;
      problem(record, error.message);
      return unread(failureOf(record.call, record.region, ""));
    }
  };
  const of = (call: SavedCall) => records.filter((record) => record.call === call);

  const trails: Mutable<Reading<readonly TrailDescription[]>> = {};
  for (const record of of("cloudtrail:DescribeTrails"))
    trails[record.region] = parsed(record, trailDescriptions);

  const statuses: Mutable<Mutable<Reading<TrailStatus>>> = {};
  const selectors: Mutable<Reading<EventSelectors>> = {};
  const tags: Mutable<Reading<Readonly<Record<string, string>>>> = {};
  for (const [region, reading] of Object.entries(trails)) {
    if (!reading.ok) continue;
    for (const { arn } of reading.value) {
      statuses[arn] ??= {};
      const record = of("cloudtrail:GetTrailStatus").find((r) => r.region === region && r.target === arn);
      if (record !== undefined) statuses[arn][region] = parsed(record, trailStatus);
      else {
        problems.push({
          text: `GetTrailStatus of ${arn} in ${region} is missing.`,
          whatToDo:
            "The check asks every Region that shows a trail. Run the command again and let it finish.",
        });
      }
    }
  }
  for (const arn of Object.keys(statuses)) {
    const asked = of("cloudtrail:GetEventSelectors").filter((record) => record.target === arn);
    const answers = asked.map((record) => parsed(record, eventSelectors));
    const answer = answers.find((reading) => reading.ok) ?? answers[0];
    if (answer !== undefined) selectors[arn] = answer;
    const tagged = of("cloudtrail:ListTags").find((record) => record.target === arn);
    if (tagged !== undefined) tags[arn] = parsed(tagged, tagsOf);
  }

  const stores: Mutable<Reading<readonly EventDataStore[]>> = {};
  for (const record of of("cloudtrail:ListEventDataStores")) {
    const arns = parsed(record, eventDataStoreArns);
    if (!arns.ok) {
      stores[record.region] = arns;
      continue;
    }
    const details = of("cloudtrail:GetEventDataStore")
      .filter((detail) => detail.region === record.region && arns.value.includes(detail.target))
      .map((detail) => parsed(detail, eventDataStore));
    const failed = details.find((detail) => !detail.ok);
    stores[record.region] = failed ?? read(details.flatMap((detail) => (detail.ok ? [detail.value] : [])));
  }

  const [regionRecord] = of("ec2:DescribeRegions");
  const [organizationRecord] = of("organizations:DescribeOrganization");
  const neverAsked = (call: SavedCall) =>
    unread<never>(failureOf(call, "", "The file does not hold this call."));
  return {
    facts: {
      organization: organizationRecord
        ? organization(organizationRecord, accountId, parsed)
        : neverAsked("organizations:DescribeOrganization"),
      regions: regionRecord ? parsed(regionRecord, regionFacts) : neverAsked("ec2:DescribeRegions"),
      "cloudtrail.trails": trails,
      "cloudtrail.trail_status": statuses,
      "cloudtrail.event_selectors": selectors,
      "cloudtrail.event_data_stores": stores,
      "cloudtrail.trail_tags": tags,
    },
    problems,
  };
}

function organization(
  record: SavedRecord,
  accountId: string,
  parsed: <T>(record: SavedRecord, parse: (answer: unknown) => T) => Reading<T>,
): Reading<OrganizationFact> {
  // AWS answers an account without an organization with an error; to the check it is an answer.
  if (record.error?.includes("AWSOrganizationsNotInUseException")) return read({ role: "STANDALONE" });
  return parsed(record, (answer) => {
    const found = members(members(answer, "the answer")["Organization"], "Organization");
    const managementAccountId = text(found["MasterAccountId"], "MasterAccountId");
    return {
      role: managementAccountId === accountId ? "MANAGEMENT" : "MEMBER",
      organizationId: text(found["Id"], "Id"),
      managementAccountId,
    };
  });
}

/** Enabled Regions in which the trails were not asked for: all the file can know of is its own Region list. */
export function missingAnswers(records: readonly SavedRecord[]): readonly string[] {
  const list = records.find((record) => record.call === "ec2:DescribeRegions" && record.error === null);
  if (list === undefined) return [];
  const asked = new Set(records.filter((r) => r.call === "cloudtrail:DescribeTrails").map((r) => r.region));
  try {
    return regionFacts(list.answer)
      .filter((region) => region.optInStatus !== "not-opted-in" && !asked.has(region.name))
      .map((region) => region.name);
  } catch (error) {
    if (error instanceof UnexpectedShape) return [];
    throw error;
  }
}
