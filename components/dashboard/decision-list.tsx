import { Glyph } from "@/components/coverage/glyph";
import { LinkButton } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import type { DashboardNow, Decision } from "@/lib/dashboard/dashboard-view";
import { listLink, openFilter } from "./list-link";
import { digits } from "./words";

/** What waits for a decision of a person, each with its one button, which leads to where it is made. */
export function DecisionList({ now, root }: { readonly now: DashboardNow; readonly root: string }) {
  const { decisions, decisionsTotal, open, accounts } = now;
  const isAll = decisionsTotal <= decisions.length;
  const shown = (kind: Decision["kind"]) => decisions.filter((decision) => decision.kind === kind).length;
  return (
    <Section
      id="decisions"
      title="Needs a decision"
      aside={isAll ? digits(decisionsTotal) : `${decisions.length} of ${digits(decisionsTotal)}`}
    >
      {decisions.length === 0 ? (
        <p className="py-4 text-ink-2">Nothing is waiting for a decision.</p>
      ) : (
        <ul className="decisions">
          {decisions.map((decision) => (
            <Row key={keyOf(decision)} decision={decision} root={root} />
          ))}
        </ul>
      )}
      {isAll ? null : (
        <p className="flex flex-wrap gap-x-4 gap-y-1 pt-2 text-small">
          {open.urgentUnassigned > shown("unassigned") ? (
            <Link
              href={`${root}${listLink({ priority: "P1,P2", owner: "none", ...openFilter })}`}
              className="link"
            >
              All {digits(open.urgentUnassigned)} P1 and P2 without an owner
            </Link>
          ) : null}
          {accounts.unreadable > shown("account_unreadable") ? (
            <Link href={`${root}/accounts`} className="link">
              All {digits(accounts.unreadable)} accounts that cannot be read
            </Link>
          ) : null}
        </p>
      )}
    </Section>
  );
}

const keyOf = (decision: Decision) =>
  decision.kind === "account_unreadable" ? decision.accountId : decision.findingKey;

function Row({ decision, root }: { readonly decision: Decision; readonly root: string }) {
  const { accountName } = decision;
  if (decision.kind === "account_unreadable") {
    return (
      <li>
        <Glyph name="could-not-read" />
        <div>
          <b>{accountName} cannot be read</b>
          <span>
            {decision.reason ?? "The last scan could not read it"}
            {decision.since === null ? null : (
              <>
                , last read <Time at={decision.since} />
              </>
            )}
          </span>
        </div>
        <DecisionButton href={`${root}/accounts/${decision.accountId}`} of={accountName}>
          Reconnect
        </DecisionButton>
      </li>
    );
  }
  const href = `${root}/findings/${decision.findingKey}`;
  const urgency = decision.priority === null ? decision.findingKey : `P${decision.priority}`;
  const isFailed = decision.kind === "claim_failed";
  return (
    <li>
      <Glyph name={isFailed ? "delivery-failing" : "not-logged"} />
      <div>
        <b>{isFailed ? `A claim on ${accountName} failed` : `${accountName}: ${shortOf(decision.short)}`}</b>
        <span>
          {urgency},{" "}
          {isFailed ? (
            <>
              {shortOf(decision.short)}, <Time at={decision.since} />
            </>
          ) : (
            <>
              unassigned, failing since <Time at={decision.since} style="date" />
            </>
          )}
        </span>
      </div>
      <DecisionButton href={href} of={accountName}>
        {isFailed ? "See why" : "Assign"}
      </DecisionButton>
    </li>
  );
}

const shortOf = (short: string | null) => short ?? "failing";

/** Seven buttons that say "Assign" are told apart by what they are about. */
function DecisionButton({
  href,
  of,
  children,
}: {
  readonly href: string;
  readonly of: string;
  readonly children: string;
}) {
  return (
    <LinkButton href={href} size="small">
      {children}
      <span className="sr-only">: {of}</span>
    </LinkButton>
  );
}
