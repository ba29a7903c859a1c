import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { AccountDetail } from "@/components/accounts/account-detail";
import { PartsOf } from "@/components/ui/folded";
import { accountDetails, disconnection } from "@/lib/accounts/account-input";
import { getAccount } from "@/lib/accounts/list-accounts";
import { findCheck } from "@/lib/checks/registry";
import { getFinding } from "@/lib/findings/get-finding";
import { listFindings } from "@/lib/findings/list-findings";
import { pageTenant } from "@/lib/http/page";
import { formHints } from "@/lib/input/form-hints";
import { listScans } from "@/lib/scans/list-scans";
import { scheduleChange } from "@/lib/scans/scan-input";
import { may } from "@/lib/tenancy/authorize";
import { orUnavailable } from "../../../../or-unavailable";
import { readPart } from "../../findings/[key]/read-part";
import { orNotFound } from "../../or-not-found";
import { scanNow } from "../../scans/actions";
import { disconnect, saveDetails, saveSchedule } from "../actions";

export const metadata: Metadata = { title: "Account" };

const hints = {
  saveDetails: formHints(accountDetails),
  saveSchedule: formHints(scheduleChange),
  disconnect: formHints(disconnection),
};

export default orUnavailable(AccountPage);

async function AccountPage({
  params,
}: {
  readonly params: Promise<{ readonly org: string; readonly id: string }>;
}) {
  const { org, id } = await params;
  const ctx = await pageTenant(org, "organization.view");
  const account = await orNotFound(getAccount(ctx, id));
  const root = `/o/${ctx.slug}`;
  if (account.status === "draft") redirect(`${root}/connect/${id}`);
  const [findings, scans] = await Promise.all([
    listFindings(ctx, { accountId: [id] }),
    listScans(ctx, { accountId: id, limit: 10 }),
  ]);
  // The check that reports on every Region gives the account's logging state.
  const telling = findings.rows.find((row) => findCheck(row.checkId)?.hasRegionVerdicts);
  const finding = telling ? await getFinding(ctx, telling.key ?? telling.id) : null;
  const mayEdit = may(ctx, "account.edit");
  return (
    <PartsOf read={readPart} organization={ctx.slug} of={telling?.key ?? telling?.id ?? ""}>
      <AccountDetail
        account={account}
        root={root}
        findings={findings}
        finding={finding}
        scans={scans.rows}
        scanNow={may(ctx, "scan.request") ? scanNow.bind(null, ctx.slug) : null}
        saveDetails={mayEdit ? saveDetails.bind(null, ctx.slug) : null}
        saveSchedule={mayEdit ? saveSchedule.bind(null, ctx.slug) : null}
        disconnect={may(ctx, "account.disconnect") ? disconnect.bind(null, ctx.slug) : null}
        hints={hints}
        mayConnect={may(ctx, "account.connect")}
      />
    </PartsOf>
  );
}
