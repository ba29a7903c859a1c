import type { Json, JsonObject } from "./json";

const trailDefaults: JsonObject = {
  advanced_event_selector: [],
  cloud_watch_logs_group_arn: "",
  cloud_watch_logs_role_arn: "",
  enable_log_file_validation: true,
  enable_logging: true,
  event_selector: [],
  include_global_service_events: true,
  insight_selector: [],
  is_multi_region_trail: false,
  is_organization_trail: false,
  kms_key_id: "",
  name: "audit",
  s3_bucket_name: "acme-logs",
  s3_key_prefix: "",
  sns_topic_name: "",
  tags: {},
};

/** A trail as the AWS provider writes it into a plan; with `account`, as one that exists. */
export function trailValues(values: JsonObject = {}, account?: string): JsonObject {
  const name = values.name ?? "audit";
  const computed = {
    arn: `arn:aws:cloudtrail:eu-central-1:${account}:trail/${name}`,
    home_region: "eu-central-1",
    id: `arn:aws:cloudtrail:eu-central-1:${account}:trail/${name}`,
  };
  return { ...trailDefaults, ...(account === undefined ? {} : computed), ...values };
}

interface Change {
  readonly address?: string;
  readonly type?: string;
  readonly actions: readonly string[];
  readonly before?: JsonObject | null;
  readonly after?: JsonObject | null;
  readonly unknown?: JsonObject;
}

/** One entry of `resource_changes`, with the keys that Terraform 1.11 writes. */
export function resourceChange({ address, type = "aws_cloudtrail", ...change }: Change): JsonObject {
  const at = address ?? `${type}.audit`;
  const module = /^(module\..*)\.[a-z_0-9]+\.[^.]+$/.exec(at)?.[1];
  const index = /\["([^"]+)"\]$/.exec(at)?.[1];
  return {
    address: at,
    ...(module === undefined ? {} : { module_address: module }),
    mode: "managed",
    type,
    name: /([^.[\]"]+)(\["[^"]+"\]|\[\d+\])?$/.exec(at)?.[1] ?? "audit",
    ...(index === undefined ? {} : { index }),
    provider_name: "registry.terraform.io/hashicorp/aws",
    change: {
      actions: change.actions,
      before: change.before ?? null,
      after: change.after ?? null,
      after_unknown: change.unknown ?? {},
      before_sensitive: change.before ? { tags: {} } : false,
      after_sensitive: { tags: {} },
    },
  };
}

/** A plan as `terraform show -json` prints it. */
export function planOf(
  changes: readonly JsonObject[],
  rest: JsonObject = {},
): { readonly [key: string]: Json } {
  return {
    format_version: "1.2",
    terraform_version: "1.11.4",
    planned_values: { root_module: {} },
    resource_changes: changes,
    configuration: {
      provider_config: { aws: { name: "aws", full_name: "registry.terraform.io/hashicorp/aws" } },
    },
    relevant_attributes: [],
    timestamp: "2026-11-22T12:00:00Z",
    applyable: true,
    complete: true,
    errored: false,
    ...rest,
  };
}
