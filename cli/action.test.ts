import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { createdTrail, planOf } from "@/lib/offline/terraform-plan/testing";

const root = resolve(import.meta.dirname, "..");
const work = mkdtempSync(join(tmpdir(), "posturio-action-"));
afterAll(() => rmSync(work, { recursive: true, force: true }));

interface Step {
  readonly id: string;
  readonly shell: string;
  readonly env: Readonly<Record<string, string>>;
  readonly run: string;
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default?: string; readonly required?: boolean }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

const written = readFileSync(join(root, "action.yml"), "utf8");
const action = parse(written) as Action;

const plans: Readonly<Record<string, string>> = {
  "covers.json": JSON.stringify(planOf([createdTrail("aws_cloudtrail.t", { is_multi_region_trail: true })])),
  "gap.json": JSON.stringify(planOf([createdTrail("aws_cloudtrail.t", {})])),
  "unknown.json": JSON.stringify(planOf([])),
  "log.json": "Terraform will perform the following actions:",
  "with space; touch hacked.json": JSON.stringify(planOf([])),
};

interface Ran {
  readonly code: number;
  readonly log: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
}

let runs = 0;

/** Runs the steps as a runner does: expressions filled in, one bash each, and no further step after one that fails. */
function runAction(inputs: Readonly<Record<string, string>>): Ran {
  const temp = join(work, `run-${runs++}`);
  const workspace = join(work, "workspace");
  mkdirSync(temp, { recursive: true });
  const summary = join(temp, "summary");
  writeFileSync(summary, "");
  const values: Record<string, string> = { "github.action_path": root };
  for (const [name, input] of Object.entries(action.inputs)) {
    values[`inputs.${name}`] = inputs[name] ?? input.default ?? "";
  }
  const fill = (text: string) =>
    text.replace(/\$\{\{ *([\w.-]+) *\}\}/g, (_, name: string) => values[name] ?? "");
  let code = 0;
  let log = "";
  for (const step of action.runs.steps) {
    const output = join(temp, step.id);
    writeFileSync(output, "");
    const env = Object.fromEntries(Object.entries(step.env).map(([name, value]) => [name, fill(value)]));
    const ran = spawnSync("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", step.run], {
      cwd: workspace,
      encoding: "utf8",
      env: {
        NODE_ENV: "production",
        PATH: process.env["PATH"] ?? "",
        HOME: work,
        RUNNER_TEMP: temp,
        GITHUB_OUTPUT: output,
        GITHUB_STEP_SUMMARY: summary,
        ...env,
      },
    });
    log += ran.stdout + ran.stderr;
    for (const line of readFileSync(output, "utf8").split("\n").filter(Boolean)) {
      const at = line.indexOf("=");
      values[`steps.${step.id}.outputs.${line.slice(0, at)}`] = line.slice(at + 1);
    }
    code = ran.status ?? -1;
    if (code !== 0) break;
  }
  const outputs = Object.fromEntries(
    Object.entries(action.outputs).map(([name, { value }]) => [name, fill(value)]),
  );
  return { code, log, outputs, summary: readFileSync(summary, "utf8") };
}

beforeAll(() => {
  mkdirSync(join(work, "workspace"), { recursive: true });
  for (const [name, text] of Object.entries(plans)) writeFileSync(join(work, "workspace", name), text);
});

describe("the GitHub Action, built from its own checkout", () => {
  it("passes a plan that covers", () => {
    const { code, outputs, summary } = runAction({ plan: "covers.json" });
    expect({ code, outcome: outputs["outcome"], exit: outputs["exit-code"] }).toEqual({
      code: 0,
      outcome: "covers",
      exit: "0",
    });
    expect(JSON.parse(readFileSync(outputs["report"] ?? "", "utf8"))).toMatchObject({ outcome: "covers" });
    expect(summary).toContain("aws_cloudtrail.t logs all management events of every Region");
  }, 120_000);

  it.each([
    ["a gap", "gap.json", 1, "creates_gap"],
    ["a plan that cannot say", "unknown.json", 2, "unknown"],
    ["a file that is no plan", "log.json", 2, "unknown"],
    ["a file that is not there", "missing.json", 64, ""],
    ["a path that a shell would misread", "with space; touch hacked.json", 2, "unknown"],
  ])(
    "stops at %s",
    (_, plan, expected, outcome) => {
      const { code, log, outputs } = runAction({ plan });
      expect(code).toBe(expected);
      expect(outputs["outcome"]).toBe(outcome);
      expect(outputs["exit-code"]).toBe(String(expected));
      expect(log).toContain("::error title=CloudTrail coverage");
      expect(existsSync(join(work, "workspace", "hacked.json"))).toBe(false);
    },
    60_000,
  );

  it("lets what is unknown pass only when asked to, and a gap never", () => {
    const unknown = runAction({ plan: "unknown.json", "allow-unknown": "true" });
    expect(unknown).toMatchObject({ code: 0, outputs: { outcome: "unknown", "exit-code": "2" } });
    expect(unknown.log).toContain(
      "::warning title=CloudTrail coverage is unknown::This plan contains no trail",
    );
    expect(runAction({ plan: "unknown.json", "allow-unknown": "yes" }).code).toBe(2);
    expect(runAction({ plan: "gap.json", "allow-unknown": "true" }).code).toBe(1);
    expect(runAction({ plan: "missing.json", "allow-unknown": "true" }).code).toBe(64);
  }, 60_000);
});

describe("the GitHub Action, with a tarball", () => {
  it("judges by the packed command, from a path of the workspace", () => {
    const packed = execFileSync(
      "npm",
      ["pack", "--json", "--silent", "--pack-destination", join(work, "workspace")],
      {
        cwd: root,
        encoding: "utf8",
        stdio: ["ignore", "pipe", "pipe"],
      },
    );
    const [{ filename }] = JSON.parse(packed) as [{ filename: string }];
    expect(runAction({ plan: "covers.json", tarball: filename })).toMatchObject({
      code: 0,
      outputs: { outcome: "covers" },
    });
    expect(runAction({ plan: "gap.json", tarball: join(work, "workspace", filename) })).toMatchObject({
      code: 1,
    });
  }, 120_000);

  it("stops when there is no such tarball", () => {
    const { code, outputs } = runAction({ plan: "covers.json", tarball: "missing/posturio.tgz" });
    expect(code).not.toBe(0);
    expect(outputs["outcome"]).toBe("");
  });
});

describe("action.yml", () => {
  it("puts no expression into a script, where a path would be read as code", () => {
    for (const { run, shell } of action.runs.steps) {
      expect(run).not.toContain("${{");
      expect(shell).toBe("bash");
    }
  });

  it("uses what it declares", () => {
    const used = [...written.matchAll(/\$\{\{ *inputs\.([\w-]+) *\}\}/g)].map(([, name]) => name);
    expect([...new Set(used)].sort()).toEqual(Object.keys(action.inputs).sort());
    for (const { value } of Object.values(action.outputs)) {
      const [, id, name] = /steps\.([\w-]+)\.outputs\.([\w-]+)/.exec(value) ?? [];
      expect(action.runs.steps.find((step) => step.id === id)?.run).toContain(`${name}=`);
    }
  });
});

/** Code blocks of the document, and a workflow that calls the action of this repository. */
function workflows(): readonly string[] {
  const document = readFileSync(join(root, "docs", "ci-gate.md"), "utf8");
  const blocks = [...document.matchAll(/```yaml\n([\s\S]*?)```/g)].flatMap(([, block]) =>
    block?.includes("\njobs:") ? [block] : [],
  );
  const own = {
    on: "pull_request",
    jobs: {
      plan: {
        "runs-on": "ubuntu-latest",
        steps: [{ uses: "actions/checkout@v4" }, { uses: "./", with: { plan: "plan.json" } }],
      },
    },
  };
  return [...blocks, JSON.stringify(own)];
}

describe("the workflows of docs/ci-gate.md", () => {
  const folders = [
    process.env["POSTURIO_LINT"] ?? join(root, ".posturio", "lint", "bin"),
    ...(process.env["PATH"] ?? "").split(delimiter),
  ];
  const linter = folders.map((folder) => join(folder, "actionlint")).find((path) => existsSync(path));

  it("stop a plan that cannot say, without a word", () => {
    const gates = workflows().filter((workflow) => workflow.includes("plan"));
    expect(gates.length).toBeGreaterThan(1);
    for (const workflow of gates) {
      expect(workflow).not.toMatch(/allow-unknown|exit 0|\|\| true|continue-on-error/);
    }
  });

  if (linter === undefined) {
    console.warn(
      "WORKFLOWS NOT LINTED: install github.com/rhysd/actionlint/cmd/actionlint into .posturio/lint/bin",
    );
  } else {
    it("pass actionlint, and so does the action that they call", () => {
      const project = join(work, "lint");
      mkdirSync(join(project, ".github", "workflows"), { recursive: true });
      writeFileSync(join(project, "action.yml"), written);
      workflows().forEach((workflow, index) => {
        writeFileSync(join(project, ".github", "workflows", `${index}.yml`), workflow);
      });
      execFileSync("git", ["init", "--quiet"], { cwd: project });
      const { status, stdout } = spawnSync(linter, ["-no-color"], { cwd: project, encoding: "utf8" });
      expect(stdout).toBe("");
      expect(status).toBe(0);
    });
  }
});
