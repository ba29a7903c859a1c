import { expect, test } from "vitest";
import { withDefaultView } from "./default-view";
import { findingQuery, orderRefusal } from "./finding-query";
import { findingQueryText, findingsHref, queryOfText, readFindingUrl } from "./finding-url";

const id = "11111111-2222-4333-8444-555555555555";

test("reads every name of the URL, several values with commas or given again", () => {
  const { query, ignored, cursor } = readFindingUrl({
    q: " acme ",
    observation: "failing,unknown",
    status: ["open", "in_progress,awaiting_verification"],
    severity: "HIGH",
    priority: "P1,P2",
    owner: `me,none,${id}`,
    accountId: id,
    environment: "production",
    region: "eu-west-2,us-gov-west-1",
    due: "2026-12-01..2026-12-14",
    episode: "2..",
    comebacks: "1",
    claim: "failed",
    checkId: "cloudtrail.not_multi_region",
    cause: "no-trail",
    assurance: "INFERRED",
    group: "cause",
    sort: "-due",
    cursor: "abc",
  });
  expect(ignored).toEqual([]);
  expect(cursor).toBe("abc");
  expect(query).toEqual({
    q: "acme",
    observation: ["failing", "unknown"],
    status: ["open", "in_progress", "awaiting_verification"],
    severity: ["HIGH"],
    priority: ["P1", "P2"],
    owner: ["me", "none", id],
    accountId: [id],
    environment: ["production"],
    region: ["eu-west-2", "us-gov-west-1"],
    due: "2026-12-01..2026-12-14",
    episode: "2..",
    comebacks: "1",
    claim: ["failed"],
    checkId: ["cloudtrail.not_multi_region"],
    cause: ["no-trail"],
    assurance: ["INFERRED"],
    group: "cause",
    sort: "-due",
  });
});

test("names what it does not know, and keeps what it does", () => {
  const { query, ignored } = readFindingUrl({
    severity: "HIGH,high,WORSE",
    priority: "P5",
    accountId: "1 OR 1=1",
    due: "2026-02-30..",
    episode: "two",
    region: "eu west 1",
    cause: "bad luck",
    obs: "failing",
    q: "",
    environment: "",
    owner: "\0",
    view: "12",
  });
  expect(query).toEqual({ severity: ["HIGH"] });
  expect(ignored).toEqual([
    "severity=high",
    "severity=WORSE",
    "priority=P5",
    "accountId=1 OR 1=1",
    "due=2026-02-30..",
    "episode=two",
    "region=eu west 1",
    "cause=bad luck",
    "obs=failing",
    "owner=\0",
  ]);
});

test("weeks have one order", () => {
  const { query, ignored } = readFindingUrl({ group: "dueWeek", sort: "account" });
  expect(query).toEqual({ group: "dueWeek" });
  expect(ignored).toEqual(["sort=account"]);
  expect(readFindingUrl({ group: "dueWeek", sort: "-due" }).ignored).toEqual([]);
  const refused = findingQuery({}).safeParse({ group: "dueWeek", sort: "account" });
  expect(refused.error?.issues[0]).toMatchObject({ path: ["sort"], message: orderRefusal });
});

test("writes a URL that reads back the same, and leaves defaults out", () => {
  const { query } = readFindingUrl({ q: "a b&c,d", owner: "me,none", group: "owner", sort: "priority" });
  const text = findingQueryText(query);
  expect(text).toBe("q=a+b%26c,d&owner=me,none&group=owner");
  const { sort: _default, ...shown } = query;
  expect(queryOfText(text)).toEqual(shown);
  expect(findingsHref("/o/acme/findings", {})).toBe("/o/acme/findings");
  expect(findingQueryText({ group: "dueWeek", sort: "due" })).toBe("group=dueWeek");
  expect(findingQueryText({ sort: "due" }, { cursor: "x" })).toBe("sort=due&cursor=x");
});

test("without observation and status the page shows what needs work", () => {
  expect(withDefaultView({ severity: ["HIGH"] })).toEqual({ severity: ["HIGH"], needsWork: true });
  expect(withDefaultView({ status: ["none"] })).toEqual({ status: ["none"] });
  expect(withDefaultView({ observation: ["passing"], assurance: ["INFERRED"], q: "x" })).toMatchObject({
    q: "x",
    observation: ["passing"],
    inferred: true,
  });
});
