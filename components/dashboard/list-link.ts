/** The list of findings with these filters, below an organization's root. */
export function listLink(filters: Readonly<Record<string, string>>): string {
  return `/findings?${new URLSearchParams(filters).toString().replaceAll("%2C", ",")}`;
}

/** Statuses that call for work, as the list is asked for them. */
export const openFilter = { status: "open,in_progress,awaiting_verification,reopened" };
