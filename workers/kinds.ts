import { runConnectionTestWork } from "@/lib/accounts/run-connection-test-work";
import { runTrustProbeWork } from "@/lib/accounts/run-trust-probe-work";
import { planRemindersWork } from "@/lib/findings/reminders/plan-reminders-work";
import { runPlanRemindersWork } from "@/lib/findings/reminders/run-plan-reminders-work";
import { runRemindWork } from "@/lib/findings/reminders/run-remind-work";
import { keepHistoryWork } from "@/lib/retention/keep-history-work";
import { runEraseOrganizationWork } from "@/lib/retention/run-erase-organization-work";
import { runKeepHistoryWork } from "@/lib/retention/run-keep-history-work";
import { createScan } from "@/lib/scans/create-scan";
import { runLookWork } from "@/lib/scans/looks/run-look-work";
import { runScanWork } from "@/lib/scans/run-scan-work";
import { planSnapshotsWork } from "@/lib/snapshots/plan-snapshots-work";
import { runPlanSnapshotsWork } from "@/lib/snapshots/run-plan-snapshots-work";
import { runTakeSnapshotsWork } from "@/lib/snapshots/run-take-snapshots-work";
import { afterScan } from "@/lib/verification/after-scan";
import { runVerificationWork } from "@/lib/verification/run-verification-work";
import { budgets, type DailyWork, type Work } from "@/lib/work-items/work-kind";

/** Every kind of work of this version. A kind is a definition in its feature's folder and one line here. */
const all: readonly Work[] = [
  runScanWork(afterScan),
  runVerificationWork,
  runConnectionTestWork((db, ctx, accountId) => createScan(db, ctx, { accountId, trigger: "connect" })),
  runTrustProbeWork,
  runLookWork,
  runKeepHistoryWork,
  runEraseOrganizationWork,
  runPlanSnapshotsWork,
  runTakeSnapshotsWork,
  runPlanRemindersWork,
  runRemindWork,
];

/** Done once a day, for the installation. */
export const dailyWork: readonly DailyWork[] = [keepHistoryWork, planSnapshotsWork, planRemindersWork];

export const kinds: ReadonlyMap<string, Work> = new Map(all.map((work) => [work.definition.kind, work]));

/** Undefined for a kind of another version. */
export function kindOf(kind: string, among: ReadonlyMap<string, Work> = kinds): Work | undefined {
  return among.get(kind);
}

/** The kinds as admission wants them. */
export function admissible(among: ReadonlyMap<string, Work> = kinds) {
  return [...among.values()].map(({ definition: { kind, budget } }) => ({
    kind,
    budget,
    share: budgets[budget],
  }));
}
