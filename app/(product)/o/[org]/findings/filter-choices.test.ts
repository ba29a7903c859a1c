import { describe, expect, it } from "vitest";
import { readFindingUrl } from "@/lib/findings/list/finding-url";
import {
  activeFilters,
  arrangeSelects,
  filterChips,
  filterSelects,
  keptParameters,
  unfiltered,
} from "./filter-choices";
import { findingTabs } from "./tabs";

const counts = {
  observation: { failing: 3, passing: 4, unknown: 1 },
  inferred: 0,
  needsWork: 4,
  severity: { CRITICAL: 0, HIGH: 2, MEDIUM: 1, LOW: 0 },
};
const known = {
  counts,
  accounts: [],
  owners: [{ id: "11111111-2222-4333-8444-555555555555", name: "Mina" }],
};
const query = (params: Record<string, string>) => readFindingUrl(params).query;

describe("the filters of the list", () => {
  it("offer what can be chosen, and several as they stand in the URL", () => {
    const selects = filterSelects(query({ severity: "HIGH,MEDIUM", due: "2026-12-01..2026-12-14" }), known);
    const of = (name: string) => selects.find((select) => select.name === name);
    expect(of("severity")?.value).toBe("HIGH,MEDIUM");
    expect(of("severity")?.choices).toContainEqual(["HIGH", "High (2)"]);
    expect(of("severity")?.choices).toContainEqual(["HIGH,MEDIUM", "High, Medium"]);
    expect(of("due")?.choices).toContainEqual(["2026-12-01..2026-12-14", "2026-12-01..2026-12-14"]);
    expect(of("owner")?.choices.map(([, label]) => label)).toEqual(["Me", "Nobody", "Mina"]);
    // Of more accounts than one can choose from, the search finds the one.
    expect(of("accountId")).toBeUndefined();
  });

  it("that have no control are shown, kept by the form and can be taken away", () => {
    const asked = query({
      severity: "HIGH",
      region: "eu-west-1,eu-west-2",
      status: "in_progress",
      cause: "no-trail",
      observation: "failing",
      group: "cause",
    });
    const selects = filterSelects(asked, known);
    expect(filterChips(asked, "/f", selects)).toEqual([
      { text: "Status: In progress", href: expect.not.stringContaining("status=") },
      { text: "Region: eu-west-1, eu-west-2", href: expect.not.stringContaining("region=") },
      { text: "Cause: No trail", href: expect.not.stringContaining("cause=") },
    ]);
    expect(keptParameters(asked, selects)).toEqual([
      ["observation", "failing"],
      ["status", "in_progress"],
      ["region", "eu-west-1,eu-west-2"],
      ["cause", "no-trail"],
    ]);
    expect(activeFilters(asked)).toHaveLength(4);
    expect(unfiltered(asked)).toEqual({ observation: ["failing"], group: "cause" });
  });

  it("offers weeks no order but their own", () => {
    const [group, sort] = arrangeSelects(query({ group: "dueWeek" }));
    expect(group?.value).toBe("dueWeek");
    expect([sort?.any, sort?.choices]).toEqual(["Due", [["-due", "Due, last first"]]]);
    expect(arrangeSelects({})[1]).toMatchObject({ any: "Priority", value: "" });
    expect(arrangeSelects(query({ sort: "-account" }))[1]?.choices).toContainEqual(["-account", "-account"]);
  });
});

describe("the tabs of the list", () => {
  const tabs = (params: Record<string, string>, more = counts) => findingTabs(query(params), more, "/f");
  const current = (params: Record<string, string>) =>
    tabs(params)
      .filter((tab) => tab.current)
      .map(({ label }) => label);

  it("count what each would show, and keep the filters", () => {
    expect(tabs({ severity: "HIGH", group: "owner" })).toEqual([
      { label: "Needs work", count: 4, href: "/f?severity=HIGH&group=owner", current: true },
      {
        label: "Failing",
        count: 3,
        href: "/f?observation=failing&severity=HIGH&group=owner",
        current: false,
      },
      { label: "Mine", count: null, href: "/f?severity=HIGH&owner=me&group=owner", current: false },
      {
        label: "Unassigned",
        count: null,
        href: "/f?observation=failing&severity=HIGH&owner=none&group=owner",
        current: false,
      },
      { label: "Overdue", count: null, href: "/f?severity=HIGH&due=overdue&group=owner", current: false },
      {
        label: "Came back",
        count: null,
        href: "/f?observation=failing&severity=HIGH&comebacks=1..&group=owner",
        current: false,
      },
      {
        label: "Waiting for proof",
        count: null,
        href: "/f?status=awaiting_verification&severity=HIGH&group=owner",
        current: false,
      },
      {
        label: "Verified",
        count: null,
        href: "/f?status=resolved&severity=HIGH&group=owner",
        current: false,
      },
      {
        label: "Unknown",
        count: 1,
        href: "/f?observation=unknown&severity=HIGH&group=owner",
        current: false,
      },
      {
        label: "Passing",
        count: 4,
        href: "/f?observation=passing&severity=HIGH&assurance=VERIFIED,PENDING&group=owner",
        current: false,
      },
      {
        label: "All",
        count: 8,
        href: "/f?observation=failing,passing,unknown&severity=HIGH&group=owner",
        current: false,
      },
    ]);
  });

  it("take away what the tab before asked for, and nothing else", () => {
    const [, failing] = tabs({ observation: "failing", owner: "none", severity: "HIGH" });
    expect(failing?.href).toBe("/f?observation=failing&severity=HIGH");
    const [needsWork] = tabs({ due: "overdue", severity: "HIGH" });
    expect(needsWork?.href).toBe("/f?severity=HIGH");
  });

  it("know where one is", () => {
    expect(current({ observation: "unknown,failing,passing" })).toEqual(["All"]);
    expect(current({ observation: "passing", assurance: "INFERRED" })).toEqual(["Inferred pass"]);
    expect(current({ observation: "failing,unknown" })).toEqual([]);
    expect(current({ status: "open" })).toEqual([]);
    expect(tabs({ status: "open" })[0]?.href).toBe("/f");
    const counted = tabs({}, { ...counts, inferred: 2 }).filter(({ count }) => count !== null);
    expect(counted.map(({ count }) => count)).toEqual([4, 3, 1, 2, 2, 8]);
    expect(current({ observation: "failing", owner: "none", severity: "HIGH" })).toEqual(["Unassigned"]);
    expect(current({ observation: "failing", owner: "me" })).toEqual(["Failing"]);
    expect(current({ due: "overdue" })).toEqual(["Overdue"]);
    expect(current({ observation: "failing", status: "open" })).toEqual(["Failing"]);
  });
});
