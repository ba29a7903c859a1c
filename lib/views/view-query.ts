/** What says where somebody is in a list rather than what the list shows. */
const places = new Set(["cursor", "view", "peek", "limit"]);

/**
 * The filters of a list's address in their one order, so that two addresses that show the same are the same text.
 * Names the list does not know are kept: it names and ignores them, and a later version may know them.
 */
export function viewQuery(text: string): string {
  const params = new URLSearchParams(text);
  for (const name of [...params.keys()]) {
    if (places.has(name) || params.get(name) === "") params.delete(name);
  }
  params.sort();
  return params.toString();
}
