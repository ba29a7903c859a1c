import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkovConfig, regoPolicy } from "@/lib/checks/cloudtrail/not-multi-region/guardrails/pipeline";
import { planOf, resourceChange, trailValues } from "@/lib/offline/terraform-plan/testing";
import { allSnippets } from "./collect";

const bin = process.env.POSTURIO_LINT ?? fileURLToPath(new URL("../../.posturio/lint/bin", import.meta.url));
const snippets = allSnippets();
const of = (language: string) => snippets.filter(({ tab, text }) => tab.language === language && text !== "");
/** Snippets that hold a trail, by Checkov's view. */
const isTrail = (text: string) => /resource "aws_cloudtrail"|Type: AWS::CloudTrail::Trail/.test(text);

let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "posturio-snippets-"));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(command: string, args: readonly string[], cwd = folder): Promise<{ code: number; out: string }> {
  return new Promise((resolve) => {
    const env = { ...process.env, LOG_LEVEL: "ERROR" };
    execFile(
      command,
      [...args],
      { cwd, env, timeout: 300_000, maxBuffer: 32 << 20 },
      (error, out, errors) => {
        resolve({ code: error ? Number(error.code ?? 1) : 0, out: `${out}${errors}` });
      },
    );
  });
}

function write(kind: string, ending: string, chosen = of(kind)): readonly string[] {
  mkdirSync(join(folder, kind), { recursive: true });
  return chosen.map(({ name, text }) => {
    // One folder each: Terraform reads a folder as one configuration.
    mkdirSync(join(folder, kind, name), { recursive: true });
    const file = join(folder, kind, name, `snippet.${ending}`);
    writeFileSync(file, `${text}\n`);
    return file;
  });
}

test("there are snippets in every language", () => {
  for (const language of ["shell", "hcl", "yaml", "typescript", "json", "rego"]) {
    expect(of(language).length, language).toBeGreaterThan(0);
  }
});

test("policies are JSON", () => {
  for (const { name, text } of of("json")) {
    const json = text.startsWith('"Condition"') ? `{${text}}` : text;
    expect(() => JSON.parse(json), name).not.toThrow();
  }
});

test("nothing is left unfilled, and no marker of the product is left in the text", () => {
  for (const { name, text } of snippets) {
    expect(text, name).not.toMatch(/undefined|\[object|NaN/);
    expect(text, name).not.toMatch(/[\uE000\uE001]/);
  }
});

test("shell commands are well-formed", async () => {
  for (const { name, text } of of("shell")) {
    const { code, out } = await run("bash", ["-n", "-c", text]);
    expect(code, `${name}\n${out}`).toBe(0);
  }
});

const templates = of("yaml").filter(({ tab }) => tab.id === "cloudformation");

if (!existsSync(join(bin, "checkov"))) {
  console.warn("SNIPPETS NOT LINTED: install cfn-lint, checkov, python-hcl2 and regopy into .posturio/lint");
  test("cfn-lint and checkov are not installed, so no snippet was linted", () => {
    expect(existsSync(join(bin, "checkov"))).toBe(false);
  });
} else {
  describe("linted by tools that are not ours", { timeout: 300_000 }, () => {
    test("CloudFormation passes cfn-lint", async () => {
      const files = write("cfn", "yaml", templates);
      const { code, out } = await run(join(bin, "cfn-lint"), ["--non-zero-exit-code", "warning", ...files]);
      expect(out).toBe("");
      expect(code).toBe(0);
    });

    test("Terraform parses", async () => {
      const files = write("hcl", "tf");
      const code =
        "import sys,hcl2\nfor f in sys.argv[1:]:\n  hcl2.load(open(f))\nprint('parsed', len(sys.argv) - 1)";
      const answer = await run(join(bin, "python"), ["-c", code, ...files]);
      expect(answer.out.trim()).toBe(`parsed ${files.length}`);
    });

    test.each([
      ["terraform", "tf", of("hcl")],
      ["cloudformation", "yaml", templates],
    ])("%s passes Checkov, with the configuration that we suggest", async (framework, ending, chosen) => {
      const trails = chosen.filter(({ text }) => isTrail(text));
      write(`checkov-${framework}`, ending, trails);
      const root = join(folder, `checkov-${framework}`);
      writeFileSync(join(root, ".checkov.yaml"), checkovConfig);
      const args = ["--config-file", ".checkov.yaml", "--output", "json", "--quiet"];
      const { code, out } = await run(join(bin, "checkov"), args, root);
      const results = [JSON.parse(out.slice(out.search(/[[{]/)))].flat();
      const failed = results.flatMap((r) => r.results?.failed_checks ?? []);
      // What the trail has besides the change is the customer's: a trail without validation keeps none.
      const ours = failed.filter((f: { check_id: string }) => f.check_id !== "CKV_AWS_36");
      expect(
        ours.map((f: { check_id: string; file_path: string }) => `${f.check_id} ${f.file_path}`),
      ).toEqual([]);
      const passed = results.reduce((sum, r) => sum + (r.summary?.passed ?? 0), 0);
      expect(passed).toBeGreaterThanOrEqual(trails.length);
      expect([0, 1]).toContain(code);
    });

    test("a new trail passes Checkov's rule on log file validation too", async () => {
      for (const [kind, ending, chosen] of [
        ["new-tf", "tf", of("hcl")],
        ["new-cfn", "yaml", templates],
      ] as const) {
        write(
          kind,
          ending,
          chosen.filter(({ name }) => /^(create|china)-(terraform|cloudformation)$/.test(name)),
        );
        const args = [
          "--directory",
          kind,
          "--check",
          "CKV_AWS_36,CKV_AWS_67,CKV_AWS_53,CKV_AWS_54,CKV_AWS_55,CKV_AWS_56,CKV_AWS_21",
          "--output",
          "json",
          "--quiet",
        ];
        const { code, out } = await run(join(bin, "checkov"), args);
        expect(code, out).toBe(0);
      }
    });

    test("the Rego policy refuses the plans that posturio try --plan refuses", async () => {
      const account = "333333333333";
      const on = { is_multi_region_trail: true };
      const plans = {
        good: planOf([resourceChange({ actions: ["create"], after: trailValues(on) })]),
        single: planOf([resourceChange({ actions: ["create"], after: trailValues() })]),
        stopped: planOf([
          resourceChange({
            actions: ["update"],
            before: trailValues(on, account),
            after: trailValues({ ...on, enable_logging: false }, account),
          }),
        ]),
        deleted: planOf([resourceChange({ actions: ["delete"], before: trailValues(on, account) })]),
      };
      writeFileSync(join(folder, "policy.rego"), regoPolicy);
      writeFileSync(join(folder, "plans.json"), JSON.stringify(plans));
      const code = [
        "import json",
        "from regopy import Interpreter",
        "answers = {}",
        "for name, plan in json.load(open('plans.json')).items():",
        "    rego = Interpreter()",
        "    rego.add_module('cloudtrail', open('policy.rego').read())",
        "    rego.set_input(plan)",
        "    answers[name] = json.loads(str(rego.query('data.cloudtrail.deny')))",
        "print(json.dumps(answers))",
      ].join("\n");
      const { out } = await run(join(bin, "python"), ["-c", code]);
      expect(out).toContain("good");
      const said = (name: string) => JSON.stringify(JSON.parse(out)[name]);
      expect(said("good")).not.toContain("aws_cloudtrail.audit");
      expect(said("single")).toContain("is not multi-Region");
      expect(said("stopped")).toContain("does not log");
      expect(said("deleted")).toContain("is deleted");
    });
  });
}
