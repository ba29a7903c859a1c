/**
 * Values become elements, arrays repeat their item tag inside the element (`member` in Query, `item` in EC2), and
 * maps hold an `entry` with `key` and `value` for each of theirs.
 */
export type XmlValue =
  | string
  | number
  | boolean
  | undefined
  | XmlValue[]
  | ReadonlyMap<string, XmlValue>
  | { [name: string]: XmlValue };

export function toXml(value: { [name: string]: XmlValue }, itemTag: string): string {
  let xml = "";
  for (const [name, child] of Object.entries(value)) {
    if (child === undefined) continue;
    xml += `<${name}>${inner(child, itemTag)}</${name}>`;
  }
  return xml;
}

function inner(value: XmlValue, itemTag: string): string {
  if (value === undefined) return "";
  if (Array.isArray(value)) {
    return value.map((item) => `<${itemTag}>${inner(item, itemTag)}</${itemTag}>`).join("");
  }
  if (value instanceof Map) {
    const entries = [...(value as ReadonlyMap<string, XmlValue>)];
    return entries.map(([key, child]) => `<entry>${toXml({ key, value: child }, itemTag)}</entry>`).join("");
  }
  if (typeof value === "object") return toXml(value as { [name: string]: XmlValue }, itemTag);
  return escapeXml(String(value));
}

export function escapeXml(text: string): string {
  return text
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/"/g, "&quot;")
    .replace(/\r/g, "&#xD;");
}
