import { accountIdText } from "@/components/findings/account-id-text";
import { LinkButton } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Code } from "@/components/ui/code";
import { ActionButton } from "@/components/ui/form/action-button";
import { Notice } from "@/components/ui/notice";
import { Breadcrumb, PageHeader } from "@/components/ui/page-header";
import { Time } from "@/components/ui/time";
import type { ConnectView } from "@/lib/accounts/account-view";
import type { FormAction, FormHints } from "@/lib/input/form-view";
import { isUnderWay } from "@/lib/runs/run-states";
import { ConnectSteps } from "./connect-steps";
import { ConventionsForm } from "./conventions-form";
import { LiveChecklist } from "./live-checklist";
import { PermissionsCard } from "./permissions-card";
import { RoleForm } from "./role-form";
import { CopyLine, TemplateTabs } from "./template-tabs";

/** Steps 2 and 3 of connecting one account: the role, and the proof that it is right. */
export function ConnectDetail({
  view,
  root,
  startTest,
  discard,
  stopTest,
  hints,
}: {
  readonly view: ConnectView;
  readonly root: string;
  readonly startTest: FormAction;
  /** Deletes the connection while it is not proven. */
  readonly discard: FormAction;
  readonly stopTest: FormAction;
  /** Of the form that starts a test. */
  readonly hints: FormHints;
}) {
  const { account, test } = view;
  const connected = account.status === "connected";
  const underWay = test !== null && isUnderWay(test.status);
  const role = (
    <Card id="role" title="Create the role" aside={<Code>{view.roleName}</Code>}>
      <div className="stack gap-4">
        <div>
          <CopyLine label="External id" value={view.externalId} />
          <CopyLine label="Who may assume it" value={view.principalArn} />
        </div>
        <p className="max-w-[68ch] text-small text-ink-2">
          The external id was created for this connection only and is not a secret: it keeps anyone else from
          having Posturio assume your role. The role must refuse to be assumed without it, and we test that.
        </p>
        <ConventionsForm
          wishes={view.wishes}
          roleName={view.roleName}
          rolePath={view.rolePath}
          rolePatterns={view.rolePatterns}
          policyExample={`arn:${account.partition}:iam::${account.awsAccountId}:policy/…`}
        />
        <TemplateTabs view={view} quiet={test !== null} />
      </div>
    </Card>
  );
  const proof = (
    <Card id="test" title="Test the connection">
      {/* While the form above is refused, an older result would read as its answer. */}
      <div className="stack gap-5 has-[form_[role=alert]]:[&>.last-test]:hidden">
        {underWay ? null : (
          <RoleForm
            action={startTest}
            hints={hints}
            accountId={account.id}
            rolePatterns={view.rolePatterns}
            initialArn={account.roleArn ?? view.suggestedRoleArn}
            again={test !== null}
            quiet={connected}
          />
        )}
        {test ? (
          <div className={underWay ? undefined : "last-test"}>
            {underWay ? null : (
              <p className="mb-1 text-small text-ink-2">
                Last test, <Time at={test.finishedAt ?? test.createdAt} />: <Code>{test.roleArn}</Code>
              </p>
            )}
            <LiveChecklist
              key={test.id}
              url={`${root}/connect/${account.id}/events`}
              initial={test}
              first={`${root}/connect/${account.id}/first`}
              accountId={account.id}
              stop={stopTest}
            />
            {connected ? <Connected view={view} root={root} /> : null}
          </div>
        ) : (
          <p className="text-small text-ink-3">
            The test assumes the role, makes sure that it is refused without the external id and with a wrong
            one, and reads the Regions and trails.
          </p>
        )}
      </div>
    </Card>
  );
  return (
    <>
      <Breadcrumb
        crumbs={[{ label: "Accounts", href: `${root}/accounts` }, { label: `Connect ${account.name}` }]}
      />
      <PageHeader title={connected ? `${account.name} is connected` : `Connect ${account.name}`}>
        Account <Code>{accountIdText(account.awsAccountId)}</Code>. You can leave and come back; nothing is
        lost.
      </PageHeader>
      <ConnectSteps current={connected ? 4 : test === null ? 2 : 3} />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-x-8 xl:grid-cols-[minmax(0,1fr)_360px]">
        <div className="min-w-0">
          {connected ? null : role}
          {proof}
          {connected ? role : null}
          {account.status === "draft" && !underWay ? (
            <Discard action={discard} id={account.id} name={account.name} />
          ) : null}
        </div>
        <div className="min-w-0">
          <PermissionsCard permissions={view.permissions} />
        </div>
      </div>
    </>
  );
}

/** A connection that nobody will finish: it leaves the list of accounts. */
function Discard({
  action,
  id,
  name,
}: {
  readonly action: FormAction;
  readonly id: string;
  readonly name: string;
}) {
  return (
    <div className="mb-6 grid gap-2">
      <p className="text-small text-ink-2">
        Not needed? Deleting {name} here removes this connection and its tests from Posturio. A role that you
        have created stays in AWS.
      </p>
      <ActionButton action={action} values={{ id }} variant="danger" size="small" pendingText="Deleting…">
        Delete this connection
      </ActionButton>
    </div>
  );
}

function Connected({ view, root }: { readonly view: ConnectView; readonly root: string }) {
  return (
    <div className="mt-4 -mb-4">
      <Notice
        tone="proven"
        role="status"
        title={`${view.account.name} is connected`}
        action={
          view.firstScanNumber === null ? (
            <LinkButton href={`${root}/accounts/${view.account.id}`} variant="primary">
              Open the account
            </LinkButton>
          ) : (
            <LinkButton href={`${root}/scans/${view.firstScanNumber}`} variant="primary">
              Watch the first scan
            </LinkButton>
          )
        }
      >
        The role can be assumed with the external id, and only with it.
      </Notice>
    </div>
  );
}
