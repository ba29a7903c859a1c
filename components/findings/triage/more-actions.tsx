"use client";

import { Ellipsis, Eye, EyeOff, Link2, Ticket } from "lucide-react";
import { startTransition, useState } from "react";
import { Keys } from "@/components/keys/keys";
import { buttonClass } from "@/components/ui/button-class";
import { Menu, MenuItem } from "@/components/ui/menu";
import { refuseOffline } from "@/components/ui/online";
import { PartDialog } from "@/components/ui/part-dialog";
import type { FormAction } from "@/lib/input/form-view";

const icon = { size: 16, strokeWidth: 1.6, "aria-hidden": true, className: "text-ink-3" } as const;

/** What is done to a finding more seldom than what has a button of its own. */
export function MoreActions({
  finding,
  hasTicket,
  mayEdit,
  watch,
}: {
  /** Its key, or its id while it has none. */
  readonly finding: string;
  readonly hasTicket: boolean;
  readonly mayEdit: boolean;
  /** Null for those who may not watch it. */
  readonly watch: { readonly isWatching: boolean; readonly change: FormAction } | null;
}) {
  const [isTicket, setTicket] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const change = () => {
    if (watch === null || refuseOffline()) return;
    const form = new FormData();
    form.set("key", finding);
    startTransition(async () => {
      const answer = await watch.change(null, form).catch(() => null);
      setProblem(
        answer?.ok
          ? null
          : (answer?.message ?? "The server did not answer, and nothing was saved. Try again."),
      );
    });
  };
  return (
    <>
      <Menu
        trigger={
          <button type="button" aria-label="More actions" className={buttonClass("outline")}>
            <Ellipsis size={16} strokeWidth={1.8} aria-hidden="true" />
          </button>
        }
      >
        <MenuItem data-opens="copy-link">
          <Link2 {...icon} />
          <span className="flex-1">Copy the link</span>
          <Keys of="y" />
        </MenuItem>
        {mayEdit ? (
          <MenuItem onSelect={() => setTicket(true)}>
            <Ticket {...icon} />
            {hasTicket ? "Change the ticket" : "Link a ticket"}
          </MenuItem>
        ) : null}
        {watch ? (
          <MenuItem onSelect={change}>
            {watch.isWatching ? <EyeOff {...icon} /> : <Eye {...icon} />}
            {watch.isWatching ? "Stop watching" : "Watch"}
          </MenuItem>
        ) : null}
      </Menu>
      {problem ? (
        <p role="alert" className="basis-full text-small text-blind">
          {problem}
        </p>
      ) : null}
      <PartDialog title="Link a ticket" part="triage:ticket" open={isTicket} onOpenChange={setTicket} />
    </>
  );
}
