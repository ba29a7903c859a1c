import { accountIdText } from "@/components/findings/account-id-text";
import { environmentLabels } from "@/lib/accounts/account-states";
import type { AccountRow } from "@/lib/accounts/account-view";
import { noVerdictYet, observationLabels } from "@/lib/findings/lifecycle/states";
import { AccountRows, type ShownAccount } from "./account-rows";

/** What a row shows, and nothing else: each value is sent once and drawn by the browser's own copy of the table. */
function shown(account: AccountRow): ShownAccount {
  const { id, status, statusText } = account;
  // One bar an account: the other checks that go by Region ask about its trails, not about its coverage.
  const first = account.findings.findIndex(({ regions }) => regions !== null);
  return {
    path: status === "draft" ? `connect/${id}` : `accounts/${id}`,
    name: account.name,
    number: accountIdText(account.awsAccountId),
    environment: environmentLabels[account.environment],
    status,
    ...(statusText && status !== "connected" ? { why: statusText } : {}),
    verdicts: account.findings.map(({ observation, short, assurance, regions }, index) => ({
      observation,
      ...(index === first && regions !== null ? { regions } : {}),
      ...(assurance === null ? {} : { assurance }),
      words: short ?? (observation === "unknown" ? noVerdictYet : observationLabels[observation]),
      ...(short && observation === "unknown" ? { isUnconfirmed: true } : {}),
    })),
    ...(account.lastReadAt === null ? {} : { readAt: account.lastReadAt }),
    ...(account.isStale ? { isStale: true } : {}),
  };
}

/** Is everything connected and read? Unreachable rows are amber and say why. */
export function AccountTable({
  accounts,
  root,
}: {
  readonly accounts: readonly AccountRow[];
  readonly root: string;
}) {
  return <AccountRows rows={accounts.map(shown)} root={root} />;
}
