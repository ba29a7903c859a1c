import { ActionButton } from "@/components/ui/form/action-button";
import { ActionForm } from "@/components/ui/form/action-form";
import { Link } from "@/components/ui/link";
import { Time } from "@/components/ui/time";
import { type InboxList as Inbox, mostUnread } from "@/lib/inbox/inbox-view";
import type { FormAction } from "@/lib/input/form-view";
import { type InboxLine, inboxLines } from "./inbox-lines";

/** What a person was told, the latest first; a dot for what they have not read, and below it why they were told. */
export function InboxList({
  inbox,
  root,
  markRead,
  markAllRead,
  older,
  newest,
}: {
  readonly inbox: Inbox;
  readonly root: string;
  readonly markRead: FormAction;
  readonly markAllRead: FormAction;
  readonly older: string | null;
  readonly newest: string | null;
}) {
  const lines = inboxLines(inbox.items);
  const latest = inbox.items[0];
  const { unread } = inbox;
  return (
    <section id="inbox" aria-labelledby="inbox-title" className="section inbox">
      <header>
        <h2 id="inbox-title">Inbox</h2>
        <div>{unread === 0 ? "nothing new" : `${unread > mostUnread ? `${mostUnread}+` : unread} new`}</div>
      </header>
      {lines.length === 0 ? (
        <p className="py-3 text-ink-2">
          Nothing yet. Findings that are assigned to you, come due, or come back show up here.
        </p>
      ) : (
        <ActionForm action={markRead}>
          <ul>
            {lines.map((line) => (
              <Line key={line.ids[0]} line={line} root={root} />
            ))}
          </ul>
        </ActionForm>
      )}
      <div className="mt-3 flex flex-wrap items-start justify-between gap-2">
        {unread > 0 && latest && newest === null ? (
          <ActionButton
            action={markAllRead}
            values={{ until: latest.at }}
            size="small"
            pendingText="Marking…"
          >
            Mark all read
          </ActionButton>
        ) : null}
        {newest === null ? null : (
          <Link href={newest} className="link">
            Newest messages
          </Link>
        )}
        {older === null ? null : (
          <Link href={older} className="link">
            Older messages
          </Link>
        )}
      </div>
    </section>
  );
}

function Line({ line, root }: { readonly line: InboxLine; readonly root: string }) {
  const what = (
    <>
      <b>{line.subject}</b> {line.text}
    </>
  );
  return (
    <li>
      <span className={line.isRead ? "read" : undefined}>
        <span className="sr-only">{line.isRead ? "Read:" : "New:"}</span>
      </span>
      {line.path === null ? <span>{what}</span> : <Link href={`${root}/${line.path}`}>{what}</Link>}
      <Time at={line.at} />
      <small>{line.why}</small>
      {line.isRead ? null : (
        <button type="submit" name="ids" value={line.ids.join(",")}>
          Mark read
          <span className="sr-only">
            : {line.subject} {line.text}
          </span>
        </button>
      )}
    </li>
  );
}
