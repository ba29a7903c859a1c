import { mentionOf } from "@/lib/findings/timeline-states";

/** A comment that was not posted yet. */
export interface Draft {
  readonly text: string;
  /** Ids of the members that were chosen, by the names that stand in the text. */
  readonly people: Readonly<Record<string, string>>;
  /** The id under which it was sent, while nobody knows whether it arrived. */
  readonly id: string | null;
}

export const emptyDraft: Draft = { text: "", people: {}, id: null };

/** The draft that this browser keeps under `key`; an empty one where it keeps none, or cannot. */
export function readDraft(key: string): Draft {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? "null");
    if (typeof kept !== "object" || kept === null || !("text" in kept)) return emptyDraft;
    const { text, people, id } = { people: {}, id: null, ...kept } as Record<string, unknown>;
    if (typeof text !== "string" || typeof people !== "object" || people === null) return emptyDraft;
    const known = Object.entries(people).filter(([, of]) => typeof of === "string");
    return { text, people: Object.fromEntries(known), id: typeof id === "string" ? id : null };
  } catch {
    return emptyDraft;
  }
}

/** Keeps the draft for the next time this page is read; an empty one is forgotten. */
export function keepDraft(key: string, draft: Draft): void {
  try {
    if (draft.text === "") localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(draft));
  } catch {
    // Full or forbidden: the text is still in the box.
  }
}

/** What is sent: chosen members by their ids, the longest name first. */
export function sentText({ text, people }: Draft): string {
  return Object.entries(people)
    .sort(([one], [other]) => other.length - one.length)
    .reduce((sent, [name, id]) => sent.replace(namePattern(name), () => mentionOf(id)), text);
}

function namePattern(name: string): RegExp {
  return new RegExp(`@${name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(?![\\p{L}\\p{N}])`, "gu");
}

/** The beginning of a name behind an @ that ends at `caret`, and where it begins; null when nobody is being named. */
export function namedAt(
  text: string,
  caret: number,
): { readonly from: number; readonly query: string } | null {
  const found = /(?:^|[\s(])@([\p{L}\p{N}._'-]*(?: [\p{L}\p{N}._'-]*)?)$/u.exec(text.slice(0, caret));
  if (found === null) return null;
  const query = found[1] ?? "";
  return { from: caret - query.length - 1, query };
}

/** Those whose name, or a word of it, begins with the query. */
export function matching<P extends { readonly name: string }>(
  people: readonly P[],
  query: string,
  most = 6,
): P[] {
  const asked = query.toLocaleLowerCase();
  const begins = (name: string) =>
    name.startsWith(asked) || name.split(/\s+/).some((word) => word.startsWith(asked));
  return people.filter(({ name }) => begins(name.toLocaleLowerCase())).slice(0, most);
}

/** A random id; crypto.randomUUID() is missing where the page came without TLS. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = [...bytes].map((byte, index) => {
    const set = index === 6 ? (byte & 0x0f) | 0x40 : index === 8 ? (byte & 0x3f) | 0x80 : byte;
    return set.toString(16).padStart(2, "0");
  });
  return hex.join("").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
