"use client";

import { Ellipsis, Link2, Ticket } from "lucide-react";
import { useState } from "react";
import { Keys } from "@/components/keys/keys";
import { buttonClass } from "@/components/ui/button-class";
import { Menu, MenuItem } from "@/components/ui/menu";
import { PartDialog } from "@/components/ui/part-dialog";

const icon = { size: 16, strokeWidth: 1.6, "aria-hidden": true, className: "text-ink-3" } as const;

/** What is done to a finding more seldom than what has a button of its own. */
export function MoreActions({
  hasTicket,
  mayEdit,
}: {
  readonly hasTicket: boolean;
  readonly mayEdit: boolean;
}) {
  const [isTicket, setTicket] = useState(false);
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
      </Menu>
      <PartDialog title="Link a ticket" part="triage:ticket" open={isTicket} onOpenChange={setTicket} />
    </>
  );
}
