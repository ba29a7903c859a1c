import { Fragment, type ReactNode } from "react";
import { Glyph } from "@/components/coverage/glyph";
import { standingLook } from "@/components/findings/status-tag";
import { VerdictSentence } from "@/components/findings/verdict-sentence";
import { LinkButton } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { ActionButton } from "@/components/ui/form/action-button";
import { Link } from "@/components/ui/link";
import { Time } from "@/components/ui/time";
import { environmentLabels } from "@/lib/accounts/account-states";
import type { CommandPart } from "@/lib/checks/suggested-change";
import { isOpen } from "@/lib/findings/lifecycle/states";
import type { WorkItem } from "@/lib/findings/my-work-view";
import type { FormAction } from "@/lib/input/form-view";
import { dueText, dueTone } from "./due-words";

/** A finding to work on: what is wrong, when it is due, the command that repairs it, and what to do about it. */
export function WorkCard({
  item,
  path,
  claim,
  isFirst,
}: {
  readonly item: WorkItem;
  readonly path: string;
  readonly claim: FormAction;
  /** The one magenta button of the page. */
  readonly isFirst: boolean;
}) {
  const { fix, accountName } = item;
  const environment = environmentLabels[item.environment].toLowerCase();
  return (
    <article className="work-item">
      <ObservationGlyph item={item} />
      <div>
        {fix && fix.sentence.length > 0 ? (
          <VerdictSentence parts={fix.sentence} names={[accountName]} as="h3" size="item" />
        ) : (
          <h3 className="verdict">{`${item.short} in ${accountName}`}</h3>
        )}
        <p>
          <DueWord item={item} />
          <span>
            {accountName}, {environment}
          </span>
          <code translate="no">{item.key}</code>
          <span>
            {item.observation === "failing"
              ? "Failing"
              : item.observation === "passing"
                ? "Passing"
                : "Could not be read"}{" "}
            since <Time at={item.observationSince} style="date" />
          </span>
        </p>
      </div>
      <div className="buttons">
        <LinkButton href={`${path}/${item.key}#fix`} variant={isFirst ? "primary" : "outline"}>
          {item.observation === "failing" ? "Open fix" : "Open finding"}
          <span className="sr-only"> of {item.key}</span>
        </LinkButton>
        {item.mayClaim ? (
          <ActionButton
            action={claim}
            values={{ key: item.key, version: String(item.version), to: "awaiting_verification" }}
            pendingText="Claiming…"
          >
            Claim fixed<span className="sr-only">: {item.key}</span>
          </ActionButton>
        ) : null}
      </div>
      {fix?.command ? (
        <div className="command" data-code-block>
          <pre translate="no">
            {fix.command.map((part, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: parts never reorder
              <Flags key={index} part={part} />
            ))}
          </pre>
          <CopyButton what={`the command for ${item.key}`} />
        </div>
      ) : null}
    </article>
  );
}

/** A part of a command, which breaks before a flag, and within one only where that alone is too long for the line. */
function Flags({ part: { text, changed = false } }: { readonly part: CommandPart }) {
  const flags = text.split(/(?<= )(?=--)/).map((flag, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: parts never reorder
    <Fragment key={index}>
      <span>{flag.trimEnd()}</span>
      {flag.endsWith(" ") ? " " : ""}
    </Fragment>
  ));
  return changed ? <b>{flags}</b> : flags;
}

/** A finding as one line: what, its key, and what `children` say at the end. */
export function WorkLine({
  item,
  path,
  children,
}: {
  readonly item: WorkItem;
  readonly path: string;
  readonly children: ReactNode;
}) {
  return (
    <li>
      <ObservationGlyph item={item} />
      <Link href={`${path}/${item.key}`}>
        {item.short} in {item.accountName}
      </Link>
      <code translate="no">{item.key}</code>
      <span>{children}</span>
    </li>
  );
}

function DueWord({ item: { due } }: { readonly item: WorkItem }) {
  const tone = dueTone(due);
  return (
    <b className={tone === "over" ? "text-blind" : tone === "soon" ? "text-wait" : undefined}>
      {dueText(due)}
    </b>
  );
}

/** A pass that no verification has proven looks like none that is proven. */
function ObservationGlyph({ item: { observation, status } }: { readonly item: WorkItem }) {
  const isUnproven = status === "awaiting_verification" || (observation === "passing" && isOpen(status));
  const { glyph, color, text } = isUnproven
    ? ({ glyph: "pending", color: "text-wait", text: "Not proven yet" } as const)
    : standingLook(status, observation, null);
  return (
    <span className={color}>
      <Glyph name={glyph} />
      <span className="sr-only">{text}</span>
    </span>
  );
}
