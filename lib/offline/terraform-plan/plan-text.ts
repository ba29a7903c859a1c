import { asObject, type Json, type JsonObject } from "./json";
import { jsonObjectsIn } from "./json-in-text";
import { howTo } from "./plan-json";

export type TextReading =
  | { readonly ok: true; readonly document: Json }
  | { readonly ok: false; readonly why: string };

const colors = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, "g");

/** Terragrunt puts the folder before every line, and newer versions the time and the program as well. */
const linePrefix = /^(?:\d\d:\d\d:\d\d[.\d]* +\w+ +)?\[[^\]\n]+\] ?(?:(?:terraform|tofu): ?)?/gm;

/**
 * The JSON document in the text of a file. Wrappers print lines around it and before it (Terragrunt, the wrapper of
 * setup-terraform); everything that holds no plan, or several, is called by its name.
 */
export function readPlanText(text: string): TextReading {
  // People redirect terminal colors into a file.
  const trimmed = text
    .replace(/^\uFEFF/, "")
    .replace(colors, "")
    .trim();
  if (trimmed === "") return refuse(`The file is empty. ${howTo}`);
  const whole = parsed(trimmed);
  if (whole !== undefined) return oneOf(Array.isArray(whole) ? whole : [whole]);
  if (trimmed.startsWith("PK\u0003\u0004")) {
    return refuse(
      "This is the plan file itself, not its JSON. Write that with terraform show -json plan.out.",
    );
  }
  const { objects, isCut } = jsonObjectsIn(trimmed);
  const meant = objects.filter(isDocument);
  if (meant.length > 0) return oneOf(meant);
  const bare = trimmed.replace(linePrefix, "");
  if (bare !== trimmed) return readPlanText(bare);
  if (isCut && /"format_version"/.test(trimmed)) {
    return refuse(`The JSON of the plan ends in the middle: the file was cut off. ${howTo}`);
  }
  if (
    /^(Terraform|OpenTofu) (will perform|used the selected)|^Plan: \d+ to (add|import)|^No changes\./m.test(
      trimmed,
    )
  ) {
    return refuse(`This is what terraform plan prints for people, not the JSON of a plan. ${howTo}`);
  }
  if (/^(│ |\S* ?)?Error: /m.test(trimmed)) {
    return refuse(`This is an error that Terraform printed, not the JSON of a plan. ${howTo}`);
  }
  return refuse(`This is not the JSON of a Terraform plan. ${howTo}`);
}

/** Log lines, several plans in one file, and one document. */
function oneOf(documents: readonly Json[]): TextReading {
  const plans = documents.filter((document) => isPlan(asObject(document)));
  const [first] = documents;
  if (plans.length > 1) {
    return refuse(
      `This holds ${plans.length} plans. Judge each one alone: write each into a file of its own.`,
    );
  }
  return { ok: true, document: plans[0] ?? first ?? null };
}

/** Whether an object in the text is one that is worth a word; others are in log lines of a wrapper. */
function isDocument(object: JsonObject): boolean {
  return (
    isPlan(object) ||
    ["@level", "encrypted_data", "lineage"].some((member) => member in object) ||
    "format_version" in object
  );
}

function isPlan(object: JsonObject | null): boolean {
  return object !== null && ("resource_changes" in object || "planned_values" in object);
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

function refuse(why: string): TextReading {
  return { ok: false, why };
}
