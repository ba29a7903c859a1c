import { type FindingEventKind, moveLeads, statusLabels } from "@/lib/findings/lifecycle/states";
import type { ActorView, EventLine } from "@/lib/findings/timeline-view";
import type { PersonRef } from "@/lib/findings/triage-view";

/** What somebody did, as a sentence that begins with who it was. */
export interface Deed {
  readonly verb: string;
  /** A person, set apart. */
  readonly object: string | null;
  /** What they said about it. */
  readonly note: string | null;
  /** The status before and after. */
  readonly change: string | null;
  /** The due dates before and after, as times. */
  readonly due: { readonly from: string | null; readonly to: string | null } | null;
  /** The condition that was checked. */
  readonly checked: string | null;
}

/** What a move demands and had: see the guards of lib/findings/lifecycle/transition.ts. */
const checked: Readonly<Partial<Record<FindingEventKind, string>>> = {
  started: "somebody owns it",
  put_back: "a reason was given",
  claimed: "the account can be read",
};

/** The sentence of a line that a person or a token wrote; null for a line that says all of it in its text. */
export function deedOf({ kind, text, status, due, owner }: EventLine): Deed | null {
  const plain = { object: null, note: null, change: null, due: null, checked: null };
  switch (kind) {
    case "assigned":
      return owner?.to
        ? { ...plain, verb: "assigned", object: personName(owner.to), note: reasonIn(text) }
        : null;
    case "unassigned":
      return owner?.from
        ? { ...plain, verb: "removed the owner,", object: personName(owner.from), note: reasonIn(text) }
        : null;
    case "due_changed":
      return due === null
        ? null
        : {
            ...plain,
            verb: due.to === null ? "removed the due date" : "changed the due date",
            note: reasonIn(text),
            due,
          };
    case "ticket_changed":
      return { ...plain, verb: text.startsWith("Linked") ? "linked a ticket" : "removed the ticket" };
    case "started":
    case "put_back":
    case "claimed":
    case "claim_withdrawn":
      return {
        ...plain,
        verb: moved[kind],
        note: text.startsWith(moveLeads[kind]) ? text.slice(moveLeads[kind].length).trim() || null : text,
        change:
          status?.from && status.to ? `${statusLabels[status.from]} → ${statusLabels[status.to]}` : null,
        checked: checked[kind] ?? null,
      };
    default:
      return null;
  }
}

const moved = {
  started: "moved it to In progress",
  put_back: "put it back to Open",
  claimed: "claimed it fixed",
  claim_withdrawn: "withdrew the claim",
} as const;

/** What stands behind the colon: why. */
function reasonIn(text: string): string | null {
  const at = text.indexOf(": ");
  return at < 0 ? null : text.slice(at + 2);
}

const day = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  timeZone: "UTC",
});

/**
 * Due is the end of a day of the organization's, not of the reader's. Half a day before is that day of UTC wherever the
 * organization is, but beyond UTC+12.
 */
function dueDay(at: string): string {
  return day.format(Date.parse(at) - 12 * 3_600_000);
}

/** Before and after, and what was checked. */
export function asideOf({ change, checked, due }: Deed): string | null {
  if (due !== null) return [due.from, due.to].map((at) => (at === null ? "None" : dueDay(at))).join(" → ");
  if (change === null) return null;
  return checked === null ? `${change}.` : `${change}. Checked: ${checked}.`;
}

/** How somebody is called. */
export function actorName({ type, name }: ActorView): string {
  if (type === "system") return "Posturio";
  return name ?? (type === "token" ? "An API token" : "A former member");
}

export function personName({ name }: PersonRef): string {
  return name ?? "a former member";
}
