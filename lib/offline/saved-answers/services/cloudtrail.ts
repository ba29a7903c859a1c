import type {
  EventDataStore,
  EventSelectors,
  TrailDescription,
  TrailStatus,
} from "@/lib/checks/facts/cloudtrail";
import type { Facts } from "@/lib/checks/facts/facts";
import { type Reading, read } from "@/lib/checks/facts/reading";
import type { SavedAnswers, SavedService } from "@/lib/offline/saved-answers/saved-service";
import { cloudTrailLines } from "./cloudtrail-lines";
import {
  eventDataStore,
  eventDataStoreArns,
  eventSelectors,
  tagsOf,
  trailDescriptions,
  trailStatus,
} from "./cloudtrail-shapes";

const inRegion = { region: true, target: false } as const;
const ofTarget = { region: true, target: true } as const;

/** Trails, what they log and how they fare, and the event data stores of CloudTrail Lake. */
export const cloudTrailAnswers: SavedService = {
  calls: {
    "cloudtrail:DescribeTrails": inRegion,
    "cloudtrail:GetTrailStatus": ofTarget,
    "cloudtrail:GetEventSelectors": ofTarget,
    "cloudtrail:ListTags": ofTarget,
    "cloudtrail:ListEventDataStores": inRegion,
    "cloudtrail:GetEventDataStore": ofTarget,
  },
  everyRegion: "cloudtrail:DescribeTrails",
  askInRegion: `  list=$(ask "\\"call\\":\\"cloudtrail:DescribeTrails\\",$at" cloudtrail describe-trails --include-shadow-trails --region "$1")
  echo "$list"
  for arn in $(arns TrailARN <<<"$list"); do
    home=$(cut -d: -f4 <<<"$arn"); on="$at,\\"target\\":\\"$arn\\""
    ask "\\"call\\":\\"cloudtrail:GetTrailStatus\\",$on" cloudtrail get-trail-status --name "$arn" --region "$1"
    if [ "$home" = "$1" ] || ! grep -qxF "$home" <<<"$regions"; then
      ask "\\"call\\":\\"cloudtrail:GetEventSelectors\\",$on" cloudtrail get-event-selectors --trail-name "$arn" --region "$1"
      ask "\\"call\\":\\"cloudtrail:ListTags\\",$on" cloudtrail list-tags --resource-id-list "$arn" --region "$1"
    fi
  done
  list=$(ask "\\"call\\":\\"cloudtrail:ListEventDataStores\\",$at" cloudtrail list-event-data-stores --region "$1")
  echo "$list"
  for arn in $(arns EventDataStoreArn <<<"$list"); do
    ask "\\"call\\":\\"cloudtrail:GetEventDataStore\\",$at,\\"target\\":\\"$arn\\"" cloudtrail get-event-data-store --event-data-store "$arn" --region "$1"
  done`,
  facts: [
    "cloudtrail.trails",
    "cloudtrail.trail_status",
    "cloudtrail.event_selectors",
    "cloudtrail.event_data_stores",
    "cloudtrail.trail_tags",
  ],
  factsIn: cloudTrailFacts,
  linesOf: cloudTrailLines,
  otherJson: [
    ["trailList", "This is the answer of describe-trails in one Region: it cannot speak for the others."],
    ["IsLogging", "This is the answer of get-trail-status in one Region: it cannot speak for the others."],
    [
      "EventSelectors",
      "This is the answer of get-event-selectors for one trail: it says nothing of the Regions.",
    ],
    [
      "AdvancedEventSelectors",
      "This is the answer of get-event-selectors for one trail: it says nothing of the Regions.",
    ],
    ["Trails", "This is the answer of list-trails: it lacks status, selectors and the other Regions."],
    ["Trail", "This is the answer of get-trail: it lacks status, selectors and the other Regions."],
    ["Records", "This is a CloudTrail log file: it holds events, not the configuration of trails."],
  ],
};

type Mutable<T> = Record<string, T>;

function cloudTrailFacts(answers: SavedAnswers): Partial<Facts> {
  const trails: Mutable<Reading<readonly TrailDescription[]>> = {};
  for (const record of answers.of("cloudtrail:DescribeTrails"))
    trails[record.region] = answers.reading(record, trailDescriptions);

  const statuses: Mutable<Mutable<Reading<TrailStatus>>> = {};
  const selectors: Mutable<Reading<EventSelectors>> = {};
  const tags: Mutable<Reading<Readonly<Record<string, string>>>> = {};
  for (const [region, reading] of Object.entries(trails)) {
    if (!reading.ok) continue;
    for (const { arn } of reading.value) {
      statuses[arn] ??= {};
      const record = answers
        .of("cloudtrail:GetTrailStatus")
        .find((r) => r.region === region && r.target === arn);
      if (record !== undefined) statuses[arn][region] = answers.reading(record, trailStatus);
      else {
        answers.tell({
          text: `GetTrailStatus of ${arn} in ${region} is missing.`,
          whatToDo:
            "The check asks every Region that shows a trail. Run the command again and let it finish.",
        });
      }
    }
  }
  for (const arn of Object.keys(statuses)) {
    const asked = answers.of("cloudtrail:GetEventSelectors").filter((record) => record.target === arn);
    const readings = asked.map((record) => answers.reading(record, eventSelectors));
    const answer = readings.find((reading) => reading.ok) ?? readings[0];
    if (answer !== undefined) selectors[arn] = answer;
    const tagged = answers.of("cloudtrail:ListTags").find((record) => record.target === arn);
    if (tagged !== undefined) tags[arn] = answers.reading(tagged, tagsOf);
  }

  const stores: Mutable<Reading<readonly EventDataStore[]>> = {};
  for (const record of answers.of("cloudtrail:ListEventDataStores")) {
    const arns = answers.reading(record, eventDataStoreArns);
    if (!arns.ok) {
      stores[record.region] = arns;
      continue;
    }
    const details = answers
      .of("cloudtrail:GetEventDataStore")
      .filter((detail) => detail.region === record.region && arns.value.includes(detail.target))
      .map((detail) => answers.reading(detail, eventDataStore));
    const failed = details.find((detail) => !detail.ok);
    stores[record.region] = failed ?? read(details.flatMap((detail) => (detail.ok ? [detail.value] : [])));
  }

  return {
    "cloudtrail.trails": trails,
    "cloudtrail.trail_status": statuses,
    "cloudtrail.event_selectors": selectors,
    "cloudtrail.event_data_stores": stores,
    "cloudtrail.trail_tags": tags,
  };
}
