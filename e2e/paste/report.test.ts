import { afterAll, beforeAll, expect, it } from "vitest";
import { textReport } from "@/cli/formats/text";
import { judged, worlds } from "@/e2e/snippets/collect";
import type { CheckDefinition } from "@/lib/checks/check";
import { findCheck } from "@/lib/checks/registry";
import { plainText } from "@/lib/checks/snippets/marked";
import { StubShell } from "./stub-shell";

const check = findCheck("cloudtrail.not_multi_region") as CheckDefinition;
let shell: StubShell;
beforeAll(() => {
  shell = new StubShell();
});
afterAll(() => shell.close());

it.each(["create", "convert", "delivery", "permissions"])(
  "the command in the report of the command line runs as it is copied from there: %s",
  (world) => {
    const { evaluation, description } = judged(worlds[world] ?? {});
    const report = textReport(
      {
        check,
        accountId: "333333333333",
        partition: "aws",
        evaluation,
        description,
        connectionFailure: undefined,
        failures: [],
        apiCalls: 1,
        durationMs: 1,
      },
      { version: "1", explain: false, ascii: false, color: false },
    );
    const lines = report.split("\n");
    const start = lines.findIndex((line) => /^(aws |bash <<)/.test(line));
    const end = lines.findIndex((line, index) => index > start && /^ {2}1\. /.test(line));
    const copied = shell.paste("bash", lines.slice(start, end).join("\n"));
    const meant = shell.paste("bash", plainText(description.change?.command ?? []));
    expect(copied).toMatchObject({ code: 0, others: [], files: [], errors: "" });
    expect(copied.calls.length).toBeGreaterThan(1);
    expect(copied.calls).toEqual(meant.calls);
    expect(copied.out).toBe(meant.out);
  },
);
