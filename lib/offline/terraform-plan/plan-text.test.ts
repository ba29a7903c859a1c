import { describe, expect, test } from "vitest";
import { evaluatePlanText } from "./evaluate-plan";
import { createdTrail, planOf } from "./testing";

const plan = planOf([createdTrail("aws_cloudtrail.audit", { is_multi_region_trail: true })]);
const text = JSON.stringify(plan);
const log = [
  '{"@level":"info","@message":"Terraform 1.11.4","@module":"terraform.ui","type":"version"}',
  '{"@level":"info","@message":"Plan: 1 to add, 0 to change, 0 to destroy.","type":"change_summary"}',
].join("\n");
const state = {
  version: 4,
  terraform_version: "1.11.4",
  serial: 3,
  lineage: "x",
  outputs: {},
  resources: [],
};

describe("a plan is found", () => {
  test.each([
    ["after a mark", `\uFEFF${text}`],
    ["written over several lines", JSON.stringify(plan, null, 2)],
    ["with its members in another order", JSON.stringify(Object.fromEntries(Object.entries(plan).reverse()))],
    ["behind the folder that Terragrunt prints", `[/home/ci/live/audit] ${text}`],
    ["behind a line of Terragrunt", `10:02:03.456 STDOUT [audit] terraform: ${text}\n`],
    [
      "between the lines of the wrapper of setup-terraform",
      `[command]/opt/terraform-bin show -json plan.out\n${text}\n::debug::Terraform exited with code 0.\n::debug::stdout: {"x"\n`,
    ],
    ["after an object of another program", `{"level":"info","msg":"\\"{ starting"}\n${text}`],
    ["after braces that open nothing", `\${var.x} { "a } {\n${text}\n}`],
    ["behind a folder on each of its lines", JSON.stringify(plan, null, 2).replace(/^/gm, "[/live/audit] ")],
    [
      "behind Terragrunt's clock on each of its lines",
      JSON.stringify(plan, null, 2).replace(/^/gm, "10:02:03.456 STDOUT [audit] tofu: "),
    ],
    ["alone in a list", `[${text}]`],
    ["with Windows line ends", `\r\n${JSON.stringify(plan, null, 2).replaceAll("\n", "\r\n")}\r\n`],
  ])("%s", (_, written) => {
    expect(evaluatePlanText(written)).toMatchObject({ outcome: "covers", exitCode: 0 });
  });
});

describe("what is no plan is called by its name", () => {
  test.each([
    ["the log that terraform plan -json prints", log],
    ["the log that terraform plan -json prints", log.replace("\n", "\r\n\r\n")],
    ["the log that terraform plan -json prints", `Running…\n${log}`],
    ["holds 2 plans", `${text}\n${text}`],
    ["holds 2 plans", `[a] ${text}\n[b] ${text}`],
    ["holds 3 plans", `[${text},${text},${text}]`],
    ["the JSON of a state", JSON.stringify(state)],
    ["the JSON of a state", JSON.stringify(state, null, 2)],
    ["the JSON of a state", `[x] ${JSON.stringify(state)}`],
    [
      "the JSON of a state",
      '{"format_version":"1.0","terraform_version":"1.11.4","values":{"root_module":{}}}',
    ],
    ["the JSON of a state", '{"format_version":"1.0"}'],
    [
      "what terraform plan prints for people",
      "\u001b[1mTerraform will perform the following actions:\u001b[0m",
    ],
    ["the file is empty", " \n"],
    ["ends in the middle", text.slice(0, -40)],
    ["ends in the middle", `[x] ${text.slice(0, 300)}`],
    [
      "what terraform plan prints for people",
      "Terraform will perform the following actions:\n\n  # aws_cloudtrail.x will be created\n",
    ],
    [
      "what terraform plan prints for people",
      "OpenTofu used the selected providers to generate the following execution plan.\nPlan: 1 to add, 0 to change, 0 to destroy.",
    ],
    ["what terraform plan prints for people", "No changes. Your infrastructure matches the configuration."],
    [
      "an error that Terraform printed",
      "╷\n│ Error: Failed to read the given file as a state or plan file\n│",
    ],
    ["the plan file itself", "PK\u0003\u0004\u0014\u0000tfplan"],
    [
      "an encrypted plan",
      '{"serial":1,"lineage":"x","meta":{"key_provider.pbkdf2.k":"e30="},"encrypted_data":"AAAA","encryption_version":"v0"}',
    ],
    ["not the JSON of a Terraform plan", "resource aws_cloudtrail x {}"],
    ["not the JSON of a Terraform plan", "[]"],
    ["not the JSON of a Terraform plan", "null"],
    ["not the JSON of a Terraform plan", '"text"'],
  ])("%s", (words, written) => {
    const evaluation = evaluatePlanText(written);
    expect(evaluation).toMatchObject({ outcome: "unknown", exitCode: 2, accounts: [], resources: [] });
    expect(evaluation.sentence.toLowerCase()).toContain(words.toLowerCase());
  });

  test("a file of braces alone ends in a moment", () => {
    const begun = performance.now();
    expect(evaluatePlanText('{"'.repeat(200_000)).outcome).toBe("unknown");
    expect(performance.now() - begun).toBeLessThan(5_000);
  });
});

describe("the format version", () => {
  const version = (format_version: unknown) => evaluatePlanText(JSON.stringify({ ...plan, format_version }));

  test.each(["0.1", "0.2", "1.0", "1.2", "1.99", "1.0.0"])("%s is read", (one) => {
    expect(version(one).outcome).toBe("covers");
  });

  test.each(["2.0", "0.3", "3.1-beta", "10.0", "1", "x"])("%s is refused by its name", (one) => {
    expect(version(one)).toMatchObject({ outcome: "unknown", exitCode: 2 });
    expect(version(one).sentence).toContain(`version ${one},`);
  });

  test("that is missing or no text is refused", () => {
    expect(version(undefined).sentence).toContain("names no format_version");
    expect(version(2).sentence).toContain("version 2,");
  });
});
