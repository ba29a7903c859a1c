import { z } from "zod";
import { environments } from "@/lib/accounts/account-states";
import { decisionKinds, figureUnits, trendIds } from "@/lib/dashboard/dashboard-states";
import { observations } from "@/lib/findings/lifecycle/states";
import { cellStates } from "@/lib/snapshots/coverage-states";

const time = z.iso.datetime().describe("UTC, ISO 8601");
const day = z.iso.date().describe("A day of UTC");
const share = z.number().min(0).max(1);

const seconds = z.object({
  covered: z.number(),
  partial: z.number(),
  uncovered: z.number(),
  unknown: z.number().describe("Of which nothing is known; never covered"),
});
const regionCounts = z.object({
  covered: z.int(),
  partial: z.int(),
  uncovered: z.int(),
  unknown: z.int(),
});

const totals = z.object({
  seconds: seconds.describe("Seconds of enabled Regions in each state"),
  coveredShare: share.nullable().describe("Covered of all time; null without any"),
  unknownShare: share.nullable().describe("Unknown of all time"),
});

const oldest = z.object({
  at: time,
  accountName: z.string(),
  findingKey: z.string().nullable(),
});

const decision = z
  .object({
    kind: z.enum(decisionKinds.values),
    accountId: z.uuid(),
    accountName: z.string(),
    findingKey: z.string().optional().describe("Absent for an account that cannot be read"),
    short: z.string().nullable().optional().describe("What is wrong"),
    priority: z.int().min(1).max(4).nullable().optional(),
    observation: z.enum(observations.values).optional(),
    dueAt: time.nullable().optional(),
    since: time.nullable().describe("When the claim failed, the failure began, or the account was last read"),
    reason: z.string().nullable().optional().describe("Why the account cannot be read"),
  })
  .meta({ id: "Decision" });

const now = z.object({
  asOf: time,
  checkId: z.string().describe("The check whose Regions coverage is about"),
  accounts: z.object({
    total: z.int(),
    unreadable: z.int(),
    failing: z.int().describe("Failing the check of coverage"),
    failingProduction: z.int(),
    failingSinceToday: z.int().describe("Since the day (UTC) began; 1000 is 1000 or more"),
    undecided: z.int().nullable().describe("Not known to pass; null while any fails"),
  }),
  newestFailing: z
    .object({
      accountName: z.string(),
      findingKey: z.string().nullable(),
      since: time,
      isToday: z.boolean(),
      isComeback: z.boolean(),
    })
    .nullable(),
  open: z.object({
    total: z.int(),
    urgent: z.int().describe("Of priority P1 or P2"),
    cameBack: z.int(),
    overdue: z.int(),
    dueThisWeek: z.int(),
    awaitingProof: z.int(),
    urgentUnassigned: z.int(),
  }),
  mostOverdue: oldest.nullable(),
  oldestClaim: oldest.nullable(),
  decisions: z.array(decision).describe("At most 7"),
  decisionsTotal: z.int(),
  firstScan: z.int().nullable().describe("The scan on its way while nothing has been judged yet"),
  lastScan: z
    .object({
      number: z.int(),
      finishedAt: time,
      isStale: z.boolean().describe("Older than its account's schedule allows"),
      everyMinutes: z.int().nullable(),
    })
    .nullable(),
});

const trend = z
  .object({
    id: z.enum(trendIds.values),
    unit: z.enum(figureUnits.values),
    definition: z.object({ id: z.string(), title: z.string(), text: z.string() }),
    points: z.array(
      z.object({
        to: day.describe("Last of the seven days"),
        value: z.number().nullable(),
        unknown: share.nullable().describe("Of coverage: share of time of which nothing is known"),
      }),
    ),
  })
  .meta({ id: "Trend" });

const overTime = z.object({
  through: day.nullable().describe("The last whole day that is summed; null before the first"),
  coverage: totals.describe("Over 30 days"),
  coverageBefore: totals.describe("Over the 30 days before those"),
  openWeekAgo: z.int().nullable(),
  lastGap: day.nullable().describe("Last day on which a Region was not logged, in 12 weeks"),
  trends: z.array(trend),
});

const strip = z.object({
  days: z.array(day),
  rows: z.array(
    z.object({
      accountId: z.uuid(),
      accountName: z.string(),
      awsAccountId: z.string(),
      environment: z.enum(environments.values),
      findingKey: z.string().nullable(),
      observation: z.enum(observations.values),
      isInferred: z.boolean(),
      cells: z.array(
        z.object({
          day,
          state: z.enum(cellStates.values),
          regions: regionCounts.describe("At the end of the day; of today, now"),
          seconds: seconds.nullable().describe("Null for today"),
        }),
      ),
    }),
  ),
});

/** What the dashboard shows, from the same use cases. */
export const dashboard = z
  .object({
    now,
    overTime: overTime.describe("Made of whole days (UTC) alone"),
    coverage: strip.describe("The accounts with the most blind Regions, at most 14"),
  })
  .meta({ id: "Dashboard" });
