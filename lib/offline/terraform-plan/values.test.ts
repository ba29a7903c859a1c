import { describe, expect, it } from "vitest";
import { evaluatePlan } from "./evaluate-plan";

const trail = {
  name: "audit",
  s3_bucket_name: "logs",
  is_multi_region_trail: true,
  is_organization_trail: false,
  include_global_service_events: true,
  enable_logging: true,
};
const arn = (account: string) => `arn:aws:cloudtrail:us-east-1:${account}:trail/audit`;

interface Hostile {
  readonly address?: string;
  readonly values?: object;
  readonly provider?: object;
}

function judged({ address = "aws_cloudtrail.audit", values = {}, provider = {} }: Hostile) {
  const full = { ...trail, arn: arn("111122223333"), ...values };
  return evaluatePlan({
    format_version: "1.2",
    complete: true,
    resource_changes: [
      {
        address,
        mode: "managed",
        type: "aws_cloudtrail",
        provider_name: "registry.terraform.io/hashicorp/aws",
        change: { actions: ["no-op"], before: full, after: full, after_unknown: {} },
      },
    ],
    configuration: {
      provider_config: {
        aws: { name: "aws", full_name: "registry.terraform.io/hashicorp/aws", ...provider },
      },
      root_module: {
        resources: [
          {
            address: "aws_cloudtrail.audit",
            mode: "managed",
            type: "aws_cloudtrail",
            provider_config_key: "aws",
          },
        ],
      },
    },
  });
}

const hidden = ["\u001b[31m gone", "a\nb", "a\u202eb", "a\u2028b", "a\u0000b"];

describe("what a plan says", () => {
  it("is judged when every name is one that Terraform writes", () => {
    expect(judged({ address: 'module.a["x\\ny"].aws_cloudtrail.audit' })).toMatchObject({ exitCode: 0 });
  });

  it.each(hidden)("is not judged when a name hides something: %j", (text) => {
    const plan = judged({ address: `aws_cloudtrail.audit["${text}"]` });
    expect(plan).toMatchObject({ exitCode: 2, outcome: "unknown" });
    expect(plan.sentence).toContain("characters that are not seen");
    expect(JSON.stringify(plan)).not.toContain(JSON.stringify(text).slice(1, -1));
  });

  it.each(["1111", "111122223333\n", "$(id)", "11112222333a"])(
    "names no account of another form: %j",
    (account) => {
      const plan = judged({ values: { arn: arn(account) } });
      expect(plan.accounts.map(({ accountId }) => accountId)).toEqual([null]);
      expect(JSON.stringify(plan)).not.toContain(account.trim());
    },
  );

  it("prints no role that hides something, and takes no account from it", () => {
    const role = "arn:aws:iam::44445555666\u202e6:role/Terraform";
    const expressions = { assume_role: [{ role_arn: { constant_value: role } }] };
    const plan = judged({ provider: { expressions }, values: { arn: "" } });
    expect(plan.accounts.map(({ accountId }) => accountId)).toEqual([null]);
    expect(JSON.stringify(plan)).not.toContain('Terraform"');
    expect(JSON.stringify(plan)).not.toContain("\u202e");
  });
});
