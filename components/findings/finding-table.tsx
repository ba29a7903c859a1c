import { environmentLabels } from "@/lib/accounts/account-states";
import type { FindingRow } from "@/lib/findings/finding-view";
import { noVerdictYet } from "@/lib/findings/lifecycle/states";
import { accountIdText } from "./account-id-text";
import { FindingRows, type ShownFinding } from "./finding-rows";

/** What a row shows, and nothing else: each value is sent once and drawn by the browser's own copy of the table. */
function shown(row: FindingRow): ShownFinding {
  const { accountStatus, observation, short } = row;
  const isGone = accountStatus === "disconnected" || accountStatus === "unreachable";
  return {
    id: row.key ?? row.id,
    observation,
    words: short ?? (observation === "unknown" ? noVerdictYet : row.checkTitle),
    account: row.accountName,
    number: accountIdText(row.awsAccountId),
    environment: environmentLabels[row.environment],
    check: row.checkId,
    ...(row.assurance === null ? {} : { assurance: row.assurance }),
    ...(row.severity === null ? {} : { severity: row.severity }),
    ...(row.key === null ? {} : { hasKey: true }),
    ...(short !== null && observation === "unknown" ? { isUnconfirmed: true } : {}),
    ...(isGone ? { standing: accountStatus } : {}),
    ...(row.decidedAt === null ? {} : { decidedAt: row.decidedAt }),
    ...(row.isStale ? { isStale: true } : {}),
  };
}

/** One row per account and check. On a narrow screen each row becomes a few lines. */
export function FindingTable({
  rows,
  root,
}: {
  readonly rows: readonly FindingRow[];
  readonly root: string;
}) {
  return <FindingRows rows={rows.map(shown)} path={`${root}/findings`} />;
}
