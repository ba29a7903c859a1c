import { environmentLabels } from "@/lib/accounts/account-states";
import { isOpen, noVerdictYet } from "@/lib/findings/lifecycle/states";
import type { FindingGroup } from "@/lib/findings/list-states";
import type { ListedFinding } from "@/lib/findings/list-view";
import { count } from "@/lib/text";
import { accountIdText } from "./account-id-text";
import { dayWords, leftWords, sinceWords, soonDays } from "./due-words";
import { groupsOf } from "./finding-groups";
import { FindingRows, type ShownFinding } from "./finding-rows";

/** What a row shows, and nothing else: each value is sent once and drawn by the browser's own copy of the table. */
function shown(row: ListedFinding, now: string): ShownFinding {
  const { accountStatus, observation, short } = row;
  const isGone = accountStatus === "disconnected" || accountStatus === "unreachable";
  const isShownDue = row.dueDay !== null && row.daysLeft !== null && isOpen(row.status);
  const blind = row.blindRegions.length;
  return {
    id: row.key ?? row.id,
    observation,
    words: short ?? (observation === "unknown" ? noVerdictYet : row.checkTitle),
    account: row.accountName,
    number: accountIdText(row.awsAccountId),
    environment: environmentLabels[row.environment],
    ...(row.assurance === null ? {} : { assurance: row.assurance }),
    ...(row.status === "resolved" || row.status === "awaiting_verification" ? { status: row.status } : {}),
    ...(row.severity === null ? {} : { severity: row.severity }),
    ...(row.key === null ? {} : { hasKey: true }),
    ...(short !== null && observation === "unknown" ? { isUnconfirmed: true } : {}),
    ...(isGone ? { standing: accountStatus } : {}),
    ...(row.decidedAt !== null && (row.isStale || observation === "unknown")
      ? { decidedAt: row.decidedAt }
      : {}),
    ...(row.isStale ? { isStale: true } : {}),
    // Where the verdict counts Regions itself it is not said twice.
    ...(observation === "failing" && blind > 0 && !/\d+ of \d+/.test(short ?? "")
      ? { regions: count(blind, "Region") }
      : {}),
    ...(observation === "failing" && row.comebacks > 0 ? { isBack: true } : {}),
    ...(row.owner === null ? {} : { owner: row.owner.name ?? "Somebody who has left" }),
    ...(isOpen(row.status) ? { isOpen: true } : {}),
    ...(isShownDue && row.dueDay !== null && row.daysLeft !== null
      ? {
          due: dayWords(row.dueDay),
          left: leftWords(row.daysLeft),
          ...(row.isOverdue
            ? { urgency: "over" as const }
            : row.daysLeft <= soonDays
              ? { urgency: "soon" as const }
              : {}),
        }
      : {}),
    ...(observation === "failing"
      ? { since: row.observationSince, lasts: sinceWords(row.observationSince, now) }
      : {}),
  };
}

/** One row per account and check, in groups when they are asked for. On a narrow screen each row becomes two lines. */
export function FindingTable({
  rows,
  root,
  now,
  group,
  groupCounts = new Map(),
  isOfOneAccount = false,
  selectIn = null,
}: {
  readonly rows: readonly ListedFinding[];
  readonly root: string;
  /** When the rows were read. */
  readonly now: string;
  readonly group?: FindingGroup | undefined;
  readonly groupCounts?: ReadonlyMap<string | null, number>;
  /** Leaves out what all rows have in common. */
  readonly isOfOneAccount?: boolean;
  /** See FindingRows. */
  readonly selectIn?: string | null;
}) {
  const draw = (row: ListedFinding) => shown(row, now);
  const groups = group
    ? groupsOf(group, rows, groupCounts, draw)
    : [{ id: "all", title: "", count: rows.length, rows: rows.map(draw) }];
  return (
    <FindingRows
      groups={groups}
      path={`${root}/findings`}
      isGrouped={group !== undefined}
      isOfOneAccount={isOfOneAccount}
      selectIn={selectIn}
    />
  );
}
