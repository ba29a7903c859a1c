import { expect, test } from "vitest";
import type { AccountsNow, DashboardNow, NewestFailing } from "@/lib/dashboard/dashboard-view";
import { dashboardSentence } from "./sentence";

const newest: NewestFailing = {
  accountName: "acme-prod",
  findingKey: "PST-7",
  since: "2026-11-20T08:00:00.000Z",
  isToday: false,
  isComeback: false,
};

function now(accounts: Partial<AccountsNow>, newestFailing: NewestFailing | null = newest): DashboardNow {
  return {
    asOf: "2026-11-26T12:00:00.000Z",
    checkId: "cloudtrail.not_multi_region",
    accounts: {
      total: 14,
      unreadable: 0,
      failing: 0,
      failingProduction: 0,
      failingSinceToday: 0,
      undecided: 0,
      ...accounts,
    },
    newestFailing,
    open: {
      total: 0,
      urgent: 0,
      cameBack: 0,
      overdue: 0,
      dueThisWeek: 0,
      awaitingProof: 0,
      urgentUnassigned: 0,
    },
    mostOverdue: null,
    oldestClaim: null,
    decisions: [],
    decisionsTotal: 0,
    firstScan: null,
    lastScan: null,
  };
}

const said = (state: DashboardNow, lastGap: string | null = null) =>
  dashboardSentence(state, lastGap)
    .map((phrases) => phrases.map(({ text }) => text).join(""))
    .join(" ");
const links = (state: DashboardNow) =>
  dashboardSentence(state, null).flatMap((phrases) => phrases.flatMap(({ href }) => href ?? []));

test("says how many accounts are blind, how many are production, and what is new", () => {
  const failing = { failing: 6, failingProduction: 2, undecided: null };
  expect(said(now(failing))).toBe(
    "6 of 14 accounts have blind Regions. 2 are production, and nothing is new since 20 Nov.",
  );
  const isNew = now({ ...failing, failingSinceToday: 1 }, { ...newest, isToday: true });
  expect(said(isNew)).toBe(
    "6 of 14 accounts have blind Regions. 2 are production, and acme-prod is new today.",
  );
  expect(said(now(failing, { ...newest, isToday: true, isComeback: true }))).toContain(
    "and acme-prod came back today.",
  );
  expect(said(now({ ...failing, failingSinceToday: 3 }, { ...newest, isToday: true }))).toContain(
    "and 3 are new today.",
  );
  expect(said(now({ ...failing, failingSinceToday: 1_000 }, { ...newest, isToday: true }))).toContain(
    "and more than 999 are new today.",
  );
  expect(said(now({ total: 1, failing: 1, undecided: null }))).toBe(
    "1 of 1 account has blind Regions. None of them is production, and nothing is new since 20 Nov.",
  );
  expect(said(now({ total: 33_334, failing: 10_112, failingProduction: 1, undecided: null }))).toBe(
    "10,112 of 33,334 accounts have blind Regions. 1 is production, and nothing is new since 20 Nov.",
  );
});

test("leads to exactly the rows that it speaks of", () => {
  expect(
    links(now({ failing: 6, failingProduction: 2, failingSinceToday: 1 }, { ...newest, isToday: true })),
  ).toEqual([
    "/findings?checkId=cloudtrail.not_multi_region&observation=failing&status=open,in_progress,awaiting_verification,reopened",
    "/findings?checkId=cloudtrail.not_multi_region&observation=failing&status=open,in_progress,awaiting_verification,reopened&environment=production",
    "/findings/PST-7",
  ]);
});

test("is all clear only when every account is known to pass", () => {
  expect(said(now({}, null))).toBe(
    "All 14 accounts are logged in every Region. No Region was left out in the last 12 weeks.",
  );
  expect(said(now({}, null), "2026-11-14")).toContain("The last gap was on 14 Nov.");
  expect(said(now({ total: 1 }, null))).toContain("The account is logged in every Region.");
  const unsure = now({ undecided: 2 }, null);
  expect(said(unsure)).toBe("No account is known to have blind Regions. 2 of 14 have no current verdict.");
  expect(links(unsure)).toEqual(["/findings?checkId=cloudtrail.not_multi_region&observation=unknown"]);
});
