import { typescriptString } from "./typescript";
import { isList, isRecord, type Value } from "./values";

/**
 * Text for a template. CloudFormation resolves `{{resolve:…}}` anywhere, and CDK its own tokens, and neither
 * has an escape; a space inside leaves them alone.
 */
export function templateText(text: string): string {
  return text.replaceAll("{{resolve:", "{{ resolve:").replaceAll(/([$#]\{)(Token\[)/g, "$1 $2");
}

/** The same for every text inside a value. */
export function templateValue(value: Value): Value {
  if (typeof value === "string") return templateText(value);
  if (isList(value)) return value.map(templateValue);
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, templateValue(item)]));
}

/** A string literal of a CDK program, which becomes text of a template. */
export function cdkString(text: string): string {
  return typescriptString(templateText(text));
}
