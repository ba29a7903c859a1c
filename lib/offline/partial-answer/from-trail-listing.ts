import { failureWords } from "@/lib/checks/facts/failure-words";
import { option } from "@/lib/checks/snippets/aws-cli";
import { failureOf } from "@/lib/offline/saved-answers/aws-cli-error";
import { plural } from "@/lib/text";
import type { PartialAnswer, PartialReading } from "./partial-reading";
import { type ListedTrail, trailListing } from "./trail-listing";

const everyRegion =
  "Run the longer read-only command and paste what it prints: it asks every Region, says which are not logged, and names the one change to make.";

/**
 * What one answer of DescribeTrails proves about multi-Region coverage. A multi-Region trail is listed in every enabled
 * Region, as itself or as its copy, and nothing but multi-Region trails can pass: a whole listing without one is a
 * FAIL. A listing with one proves neither: whether that trail logs is in another answer.
 */
export function fromTrailListing(text: string): PartialReading | null {
  const listing = trailListing(text);
  if (listing === null) return refusal(text);
  if ("problems" in listing) return listing;
  const { trails } = listing;
  const owners = new Set(trails.filter((t) => t.isOrganization === false).map(({ owner }) => owner));
  if (owners.size > 1) {
    const problem = {
      text: `These are the trails of ${owners.size} accounts: ${[...owners].join(", ")}.`,
      whatToDo: "Paste the answers of one account at a time.",
    };
    return { problems: [problem] };
  }
  const multiRegion = trails.filter(({ isMultiRegion }) => isMultiRegion);
  if (multiRegion.length > 0) return { answer: open(multiRegion) };
  return listing.hidden === null ? { answer: affected(trails) } : { problems: [listing.hidden] };
}

function affected(trails: readonly ListedTrail[]): PartialAnswer {
  const none = trails.length === 0;
  return {
    verdict: "FAIL",
    sentence: [
      { text: "You are affected: " },
      { text: "no multi-Region trail", tone: "blind" },
      { text: " is listed, and one would be listed in every enabled Region." },
    ],
    proves: none
      ? [
          "No trail of the Region that was asked, and no multi-Region trail of any Region, logs this account.",
          "A Region that you enable next will not be logged automatically.",
        ]
      : [
          `${plural(trails.length, "One trail is", `${trails.length} trails are`)} listed, each for its own Region alone: ${list(trails)}.`,
          "A Region that you enable next will not be logged automatically.",
        ],
    leavesOpen: [
      "Which Regions are not logged: a single-Region trail of another Region is not in this list.",
      ...(none ? [] : ["Whether the trails listed log, deliver, and keep all management events."]),
      "The answer holds for a whole list. `--no-include-shadow-trails`, `--trail-name-list` or a filter in `--query` would hide trails, and a trail converted minutes ago may not show yet.",
    ],
    next: { text: everyRegion },
  };
}

function open(trails: readonly ListedTrail[]): PartialAnswer {
  const [first] = trails;
  const one = trails.length === 1;
  const it = one ? "it" : "they";
  const isUnfiltered = trails.some(({ hasCustomSelectors }) => hasCustomSelectors === false);
  const ofOthers = trails.filter(({ isOrganization }) => isOrganization === true);
  return {
    verdict: "NOT_EVALUATED",
    sentence: [
      { text: "Not evaluated yet", tone: "wait" },
      {
        text: one
          ? `, but: ${first?.name} is a multi-Region trail, home Region ${first?.homeRegion}. Whether it logs is not in this answer.`
          : `, but: ${trails.length} multi-Region trails are listed. Whether they log is not in this answer.`,
      },
    ],
    proves: [
      `AWS keeps ${one ? `a copy of ${first?.name}` : `copies of ${list(trails)}`} in every Region that you enable.`,
      ...(isUnfiltered
        ? [
            `${list(trails.filter((t) => t.hasCustomSelectors === false))} has no event selectors of its own, so while it logs it keeps all management events.`,
          ]
        : []),
      ...(ofOthers.length > 0
        ? [
            `${list(ofOthers)} belongs to an AWS organization: only account ${ofOthers[0]?.owner}, its owner, can change it.`,
          ]
        : []),
    ],
    leavesOpen: [
      `Whether ${it} ${one ? "logs and delivers" : "log and deliver"}, Region by Region.`,
      ...(isUnfiltered ? [] : [`Whether ${it} ${one ? "keeps" : "keep"} all management events.`]),
    ],
    next: {
      text: `Ask the home Region first: ${one ? "" : "of one of them at least, "}\`IsLogging\` must be true and \`LatestDeliveryError\` absent. If not, you are affected. ${everyRegion}`,
      command: trails
        .slice(0, 3)
        .map(
          ({ arn, homeRegion }) =>
            `aws cloudtrail get-trail-status ${option("--name", arn)} ${option("--region", homeRegion)}`,
        )
        .join("\n"),
    },
  };
}

/** AWS's refusal to list trails: neither pass nor fail. */
function refusal(text: string): PartialReading | null {
  const said = /An error occurred \([\w.:#-]+\) when calling the DescribeTrails operation[^\n]*/.exec(
    text,
  )?.[0];
  if (said === undefined || /[{[]\s*"/.test(text)) return null;
  const region = /--region[= ]+([a-z]{2,}(?:-[a-z]+)+-\d+)/.exec(text)?.[1];
  const words = failureWords(
    failureOf("cloudtrail:DescribeTrails", region ?? "the Region that was asked", said),
  );
  const answer: PartialAnswer = {
    verdict: "NOT_EVALUATED",
    sentence: [
      { text: "Not evaluated", tone: "wait" },
      { text: ": AWS did not list the trails, which is neither a pass nor a fail." },
    ],
    proves: [words.text],
    leavesOpen: ["Whether there is a multi-Region trail, and which Regions are logged."],
    next: { text: words.whatToDo },
  };
  return { answer };
}

function list(trails: readonly ListedTrail[]): string {
  const shown = trails.slice(0, 5).map(({ name, homeRegion }) => `${name} (${homeRegion})`);
  const more = trails.length - shown.length;
  return more > 0 ? `${shown.join(", ")} and ${more} more` : shown.join(", ");
}
