import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { parseSaved } from "@/lib/offline/saved-answers/parse-saved";
import { readCommand } from "@/lib/offline/saved-answers/read-command";

/** An endpoint that answers with Regions and trails by names that a shell would run. */
const stub = `#!/bin/sh
case "$1 $2 $*" in
  *--query*) printf 'us-east-1\\tus-west-2;touch PWNED\\t$(touch PWNED)\\t../../PWNED\\n' ;;
  "ec2 describe-regions"*) echo '{"Regions": [{"RegionName": "us-east-1", "OptInStatus": "opt-in-not-required"}]}' ;;
  "sts "*) echo '{"Account": "333333333333", "Arn": "arn:aws:iam::333333333333:role/Reader"}' ;;
  "cloudtrail describe-trails"*)
    echo '{"trailList": [{"Name": "x", "TrailARN": "arn:aws:cloudtrail:us-east-1:333333333333:trail/x;touch PWNED"},'
    echo '{"Name": "y", "TrailARN": "arn:aws:cloudtrail:us-east-1:333333333333:trail/* $(touch PWNED)"}]}' ;;
  "cloudtrail list-event-data-stores"*) echo '{"EventDataStores": []}' ;;
  "organizations "*) echo 'An error occurred (AWSOrganizationsNotInUseException)' >&2; exit 1 ;;
  *) echo '{}' ;;
esac
`;

it("runs nothing that an answer names, leaves nothing but its file, and the answers are refused", () => {
  const root = mkdtempSync(join(tmpdir(), "posturio-read-"));
  const [bin, cwd, tmp] = ["bin", "cwd", "tmp"].map((name) => join(root, name)) as [string, string, string];
  try {
    for (const folder of [bin, cwd, tmp]) mkdirSync(folder);
    writeFileSync(join(bin, "aws"), stub);
    chmodSync(join(bin, "aws"), 0o755);
    const env = {
      PATH: `${bin}:${process.env.PATH ?? ""}`,
      HOME: root,
      TMPDIR: tmp,
      NODE_ENV: "test" as const,
    };
    const { status, stdout } = spawnSync("bash", ["-c", readCommand], { cwd, env, timeout: 60_000 });
    expect(status).toBe(0);
    expect(readdirSync(cwd)).toEqual(["posturio-answers.json"]);
    expect(readdirSync(tmp)).toEqual([]);
    const saved = parseSaved(stdout.toString("utf8"));
    expect(saved.ok).toBe(false);
    const text = saved.ok ? "" : saved.problems.map((problem) => problem.text).join("\n");
    expect(text).toContain("TrailARN is not the ARN of a trail");
    expect(text).not.toContain("PWNED");
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});
