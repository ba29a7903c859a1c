import { visible } from "@/lib/checks/snippets/visible";
import type { SavedProblem } from "./saved-format";
import { savedServices } from "./services";

const runTheCommand = "Run the command of this page in CloudShell and paste all that it prints.";

/** JSON that people have at hand and that is no answer of AWS. */
const notOfAws: readonly (readonly [member: string, text: string, whatToDo?: string])[] = [
  ["checkId", "This is the verdict of posturio check --json: there is nothing left to evaluate."],
  [
    "planned_values",
    "This is a Terraform plan: it says what will be, not what is.",
    "Evaluate plans on the command line: posturio try --plan FILE.",
  ],
  ["Resources", "This is a CloudFormation template: it says what was asked for, not what is."],
];

/** All of it, told apart by a member only it has. */
const kinds = [...savedServices.flatMap(({ otherJson }) => otherJson), ...notOfAws];

/** What JSON of another kind is, and what to paste instead. */
export function foreignProblem(value: unknown, line: number): SavedProblem {
  if (Array.isArray(value)) {
    return { line, text: "This is a list; the saved answers are one object.", whatToDo: runTheCommand };
  }
  const names = typeof value === "object" && value !== null ? Object.keys(value) : [];
  const kind = kinds.find(([member]) => names.includes(member));
  if (kind !== undefined) return { line, text: kind[1], whatToDo: kind[2] ?? runTheCommand };
  const found = visible(names.slice(0, 4).join(", "));
  return {
    line,
    text: `This JSON does not come from the command${found === "" ? "" : `; it begins with ${found}`}.`,
    whatToDo: runTheCommand,
  };
}
