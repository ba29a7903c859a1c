import { CoverageCard } from "@/components/coverage/coverage-card";
import { accountIdText } from "@/components/findings/account-id-text";
import { FindingTable } from "@/components/findings/finding-table";
import { SectionCards } from "@/components/findings/section-card";
import { ScanTable } from "@/components/scans/scan-table";
import { LinkButton } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Code } from "@/components/ui/code";
import { Definition, DefinitionList } from "@/components/ui/definition-list";
import { ActionButton } from "@/components/ui/form/action-button";
import { Notice } from "@/components/ui/notice";
import { Breadcrumb } from "@/components/ui/page-header";
import { Time } from "@/components/ui/time";
import { environmentLabels } from "@/lib/accounts/account-states";
import type { AccountRow } from "@/lib/accounts/account-view";
import type { FindingView } from "@/lib/findings/finding-view";
import type { FindingList } from "@/lib/findings/list-view";
import type { FormAction, FormHints } from "@/lib/input/form-view";
import { isEnded } from "@/lib/scans/scan-states";
import type { ScanRow } from "@/lib/scans/scan-view";
import { AccountDetailsForm, DisconnectDialog, ScheduleForm } from "./account-forms";
import { AccountStatus } from "./account-status";
import { scheduleLabel } from "./account-words";

interface Props {
  readonly account: AccountRow;
  readonly root: string;
  readonly findings: Pick<FindingList, "rows" | "now">;
  /** The finding whose evaluation shows this account's Regions and trails; null before the first scan. */
  readonly finding: FindingView | null;
  readonly scans: readonly ScanRow[];
  /** Actions are null for people whose role may not take them. */
  readonly scanNow: FormAction | null;
  readonly saveDetails: FormAction | null;
  readonly saveSchedule: FormAction | null;
  readonly disconnect: FormAction | null;
  /** Of the forms, by their actions. */
  readonly hints: Readonly<Record<"saveDetails" | "saveSchedule" | "disconnect", FormHints>>;
  readonly mayConnect: boolean;
}

/** One account's logging truth. */
export function AccountDetail(props: Props) {
  const { account, root, finding, findings, scans } = props;
  const shown = finding?.decided ?? finding?.latest ?? null;
  const gone = account.status === "disconnected";
  const active = scans.find((scan) => !isEnded(scan.status));
  return (
    <>
      <Breadcrumb crumbs={[{ label: "Accounts", href: `${root}/accounts` }, { label: account.name }]} />
      <h1 className="verdict text-verdict [overflow-wrap:anywhere] max-md:text-[26px] max-md:leading-8">
        {account.name}
      </h1>
      <div className="mt-3 mb-[18px] flex flex-wrap items-center gap-x-[14px] gap-y-2 text-small text-ink-2">
        <AccountStatus status={account.status} />
        <Code>{accountIdText(account.awsAccountId)}</Code>
        <span>{environmentLabels[account.environment]}</span>
        {account.lastReadAt ? (
          <span>
            Read <Time at={account.lastReadAt} />
          </span>
        ) : null}
      </div>
      <div className="mb-[22px] flex flex-wrap items-start gap-2">
        {active ? (
          <LinkButton href={`${root}/scans/${active.number}`} variant="primary">
            Follow scan #{active.number}
          </LinkButton>
        ) : props.scanNow && !gone ? (
          <ActionButton
            action={props.scanNow}
            values={{ accountId: account.id }}
            variant="primary"
            pendingText="Starting…"
          >
            Scan now
          </ActionButton>
        ) : gone ? null : (
          <p className="text-small text-ink-2">
            Leads and admins can scan an account. Members can scan one from a finding that fails or is
            unknown.
          </p>
        )}
        {props.mayConnect && !gone ? (
          <LinkButton href={`${root}/connect/${account.id}`}>Test the connection</LinkButton>
        ) : null}
      </div>
      <Notices {...props} />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-x-8 xl:grid-cols-[minmax(0,1fr)_272px]">
        <div className="min-w-0">
          {shown ? (
            <CoverageCard regions={shown.evaluation.regions} reasons="read" />
          ) : (
            <Card id="coverage" title="Region coverage">
              <p className="text-ink-2">
                No scan of this account has finished yet. Its Regions appear here after the first one.
              </p>
            </Card>
          )}
          {shown ? <SectionCards sections={shown.description.sections} /> : null}
          <h2 className="mt-6 mb-2 font-semibold">Findings</h2>
          {findings.rows.length > 0 ? (
            <FindingTable rows={findings.rows} root={root} now={findings.now ?? ""} isOfOneAccount />
          ) : (
            <p className="text-ink-2">No check has evaluated this account yet.</p>
          )}
          <h2 className="mt-6 mb-2 font-semibold">Latest scans</h2>
          {scans.length > 0 ? (
            <div className="mb-6 rounded-card border border-line bg-surface">
              <ScanTable scans={scans} root={root} showAccount={false} />
            </div>
          ) : (
            <p className="mb-6 text-ink-2">This account has not been scanned.</p>
          )}
          {scans.length > 0 ? (
            <p className="-mt-4 mb-6 text-small">
              <a href={`${root}/scans?account=${account.id}`} className="link">
                All scans of this account
              </a>
            </p>
          ) : null}
        </div>
        <Settings {...props} />
      </div>
    </>
  );
}

function Notices({ account, root, finding, mayConnect }: Props) {
  if (account.status === "disconnected") {
    return (
      <Notice
        tone="accepted"
        title="This account is disconnected"
        action={
          mayConnect ? (
            <LinkButton href={`${root}/connect`} size="small">
              Connect it again
            </LinkButton>
          ) : null
        }
      >
        This account is no longer read, and its role no longer assumed. Its last known coverage is kept below
        as history.
      </Notice>
    );
  }
  if (account.status === "unreachable") {
    return (
      <Notice
        tone="wait"
        title="This account cannot be read at the moment"
        action={
          mayConnect ? (
            <LinkButton href={`${root}/connect/${account.id}`} size="small">
              Repair the connection
            </LinkButton>
          ) : null
        }
      >
        {account.statusText ?? "The role could not be assumed."} The last verdict is shown below with its age.
      </Notice>
    );
  }
  if (finding?.latest?.evaluation.verdict === "NOT_EVALUATED") {
    return (
      <Notice tone="wait" title="The last scan could not evaluate this account">
        {finding.latest.description.sentence.map((part) => part.text).join("")}{" "}
        {finding.latest.description.missingPermissions.length > 0
          ? `Missing: ${finding.latest.description.missingPermissions.join(", ")}.`
          : ""}
      </Notice>
    );
  }
  if (account.trustProblem) {
    return (
      <Notice tone="blind" title="The role can be assumed without its external id">
        {account.trustProblem}
      </Notice>
    );
  }
  if (account.isStale && account.lastReadAt) {
    return (
      <Notice
        tone="wait"
        title={
          <>
            Last read <Time at={account.lastReadAt} />; scheduled:{" "}
            {scheduleLabel(account.everyMinutes).toLowerCase()}
          </>
        }
      >
        A scan is overdue. Scan now, or see the scans below.
      </Notice>
    );
  }
  return null;
}

function Settings({ account, saveDetails, saveSchedule, disconnect, hints }: Props) {
  const gone = account.status === "disconnected";
  return (
    <aside aria-label="Connection and schedule" className="grid content-start gap-6">
      <DefinitionList>
        <Definition term="Partition">
          <Code>{account.partition}</Code>
        </Definition>
        {account.roleArn ? (
          <Definition term={gone ? "Role, no longer assumed" : "Role"}>
            <Code>{account.roleArn}</Code>
          </Definition>
        ) : null}
        {account.trustCheckedAt ? (
          <Definition term="External id">
            {account.trustProblem ? "Not asked for" : "Asked for"}
            <div className="text-small font-normal text-ink-2">
              proven <Time at={account.trustCheckedAt} />
            </div>
          </Definition>
        ) : null}
        {account.connectedAt ? (
          <Definition term="Connected">
            <Time at={account.connectedAt} style="date" />
          </Definition>
        ) : null}
        <Definition term="Schedule">
          {scheduleLabel(account.everyMinutes)}
          {account.nextScanAt && !gone ? (
            <div className="text-small font-normal text-ink-2">
              next <Time at={account.nextScanAt} />
            </div>
          ) : null}
        </Definition>
      </DefinitionList>
      {saveSchedule && !gone ? (
        <ScheduleForm
          action={saveSchedule}
          hints={hints.saveSchedule}
          id={account.id}
          everyMinutes={account.everyMinutes}
          version={account.version}
        />
      ) : null}
      {saveDetails && !gone ? (
        <AccountDetailsForm
          action={saveDetails}
          hints={hints.saveDetails}
          id={account.id}
          name={account.name}
          environment={account.environment}
          labels={account.labels}
          version={account.version}
        />
      ) : null}
      {disconnect && !gone ? (
        <div className="border-t border-line pt-4">
          <p className="mb-2 text-small text-ink-2">
            Disconnecting stops all scans. Findings, scans and their history are kept.
          </p>
          <DisconnectDialog
            action={disconnect}
            hints={hints.disconnect}
            id={account.id}
            name={account.name}
          />
        </div>
      ) : null}
      {saveSchedule === null && !gone ? (
        <p className="text-small text-ink-3">Only admins and leads change the schedule and the name.</p>
      ) : null}
    </aside>
  );
}
