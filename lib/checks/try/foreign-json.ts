import type { SavedProblem } from "./saved-format";

const runTheCommand = "Run the command of this page in CloudShell and paste all that it prints.";

/** Other JSON that people have at hand, told apart by a member only it has. */
const kinds: readonly (readonly [member: string, text: string, whatToDo?: string])[] = [
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
  ["Regions", "This is the answer of describe-regions alone: it says nothing of trails."],
  ["Records", "This is a CloudTrail log file: it holds events, not the configuration of trails."],
  ["checkId", "This is the verdict of posturio check --json: there is nothing left to evaluate."],
  [
    "planned_values",
    "This is a Terraform plan: it says what will be, not what is.",
    "Evaluate plans on the command line: posturio try --plan FILE.",
  ],
  ["Resources", "This is a CloudFormation template: it says what was asked for, not what is."],
];

/** What JSON of another kind is, and what to paste instead. */
export function foreignProblem(value: unknown, line: number): SavedProblem {
  if (Array.isArray(value)) {
    return { line, text: "This is a list; the saved answers are one object.", whatToDo: runTheCommand };
  }
  const names = typeof value === "object" && value !== null ? Object.keys(value) : [];
  const kind = kinds.find(([member]) => names.includes(member));
  if (kind !== undefined) return { line, text: kind[1], whatToDo: kind[2] ?? runTheCommand };
  const found = names.slice(0, 4).join(", ");
  return {
    line,
    text: `This JSON does not come from the command${found === "" ? "" : `; it begins with ${found}`}.`,
    whatToDo: runTheCommand,
  };
}
