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

/** An existing trail that the plan leaves alone. */
export function keptTrail(address: string, values: JsonObject, account?: string): JsonObject {
  const now = trailValues(values, account);
  return resourceChange({ address, actions: ["no-op"], before: now, after: now });
}

/** A trail that the plan creates: AWS gives it its ARN when it is there. */
export function createdTrail(address: string, values: JsonObject, unknown: JsonObject = {}): JsonObject {
  const computed = { arn: true, home_region: true, id: true };
  return resourceChange({
    address,
    actions: ["create"],
    after: trailValues(values),
    unknown: { ...computed, ...unknown },
  });
}

export function deletedTrail(address: string, values: JsonObject, account?: string): JsonObject {
  return resourceChange({ address, actions: ["delete"], before: trailValues(values, account) });
}

export function constant(value: Json): JsonObject {
  return { constant_value: value };
}

/** What a provider block that assumes this role has. */
export function assumes(role: string): JsonObject {
  return { assume_role: [{ role_arn: constant(role) }] };
}

interface Block {
  /** Key of its provider, or several. */
  readonly provider?: string | readonly string[];
  readonly expressions?: JsonObject;
}

/** The section `configuration`: provider blocks by key, and resource blocks by address, in modules where it has some. */
export function configurationOf(
  providers: Readonly<Record<string, JsonObject>>,
  blocks: Readonly<Record<string, Block>>,
): JsonObject {
  const entries = Object.entries(providers).map(([key, expressions]) => {
    const [, module, name = ""] = /^(?:(module\..*):)?([^:]+)$/.exec(key) ?? [];
    const [local, alias] = name.split(".");
    const config = {
      name: local ?? "aws",
      full_name: `registry.terraform.io/hashicorp/${local}`,
      ...(alias === undefined ? {} : { alias }),
      ...(module === undefined ? {} : { module_address: module }),
      ...(Object.keys(expressions).length === 0 ? {} : { expressions }),
    };
    return [key, config] as const;
  });
  return { provider_config: Object.fromEntries(entries), root_module: moduleOf(Object.entries(blocks)) };
}

function moduleOf(blocks: readonly (readonly [string, Block])[]): JsonObject {
  const inside = (address: string) => /^module\.([\w-]+)\.(.+)$/.exec(address);
  const own = blocks.filter(([address]) => inside(address) === null);
  const calls = [...new Set(blocks.flatMap(([address]) => inside(address)?.[1] ?? []))];
  return {
    resources: own.map(([address, { provider, expressions = {} }]) => {
      const isData = address.startsWith("data.");
      const [type = "", name = ""] = address.replace(/^data\./, "").split(".");
      const keys =
        typeof provider === "string"
          ? { provider_config_key: provider }
          : { provider_config_keys: provider ?? [] };
      return { address, mode: isData ? "data" : "managed", type, name, ...keys, expressions };
    }),
    module_calls: Object.fromEntries(
      calls.map((name) => {
        const module = moduleOf(
          blocks.flatMap(([address, block]) => {
            const found = inside(address);
            return found?.[1] === name ? [[found[2] ?? "", block] as const] : [];
          }),
        );
        return [name, { source: `./${name}`, module }];
      }),
    ),
  };
}

/** The section `prior_state` with these resources in its root module. */
export function priorState(resources: readonly JsonObject[]): JsonObject {
  return { format_version: "1.0", terraform_version: "1.5.7", values: { root_module: { resources } } };
}

export function stateOf(address: string, values: JsonObject): JsonObject {
  const isData = address.startsWith("data.");
  const [type = "", name = ""] = address.replace(/^data\./, "").split(".");
  return {
    address,
    mode: isData ? "data" : "managed",
    type,
    name,
    provider_name: "registry.terraform.io/hashicorp/aws",
    values,
  };
}
