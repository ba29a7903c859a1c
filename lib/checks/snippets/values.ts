/** Plain data of a template or policy, in the order in which it is written. */
export type Value = string | number | boolean | readonly Value[] | { readonly [key: string]: Value };

/** Keys of one object that are new or different; a writer marks their lines. */
export type ChangedKeys = ReadonlySet<string>;

export function isRecord(value: Value): value is { readonly [key: string]: Value } {
  return typeof value === "object" && !Array.isArray(value);
}

export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

export function indented(lines: readonly string[], spaces = 2): readonly string[] {
  return lines.map((line) => (line === "" ? line : " ".repeat(spaces) + line));
}

/** `acme-audit` → `acme_audit`: a name that Terraform accepts as a label. */
export function snakeName(name: string): string {
  const snake = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "");
  return /^[a-z]/.test(snake) ? snake : `trail_${snake}`;
}

/** `acme-audit` → `AcmeAudit`: a name that CloudFormation, IAM and TypeScript accept. */
export function pascalName(name: string): string {
  const words = name.split(/[^A-Za-z0-9]+/).filter((word) => word !== "");
  const pascal = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
  return /^[A-Z]/.test(pascal) ? pascal : `Trail${pascal}`;
}

/** `acme-audit` → `acmeAudit`. */
export function camelName(name: string): string {
  const pascal = pascalName(name);
  return pascal.charAt(0).toLowerCase() + pascal.slice(1);
}
