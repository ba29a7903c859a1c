/**
 * Text for standard output, which a workflow may read: GitHub acts on lines that begin with `::`, indented or not, and
 * on `##[` anywhere, Azure Pipelines on `##vso[`, TeamCity on `##teamcity[`.
 */
export function workflowSafe(text: string): string {
  return text.replace(/^([^\S\n]*)(?=::)/gm, "$1\\").replace(/##(?=\w*\[)/g, "#\\#");
}

/** The message of a workflow command, which ends at a line break. */
export function workflowData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

/** A property of a workflow command. */
export function workflowProperty(text: string): string {
  return workflowData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
