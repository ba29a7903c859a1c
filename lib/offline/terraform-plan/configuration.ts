import { asObject, type Json, type JsonObject, list, objects, text } from "./json";

/** A provider block of the configuration, or the entry of one that is not written down. */
export interface ProviderConfig {
  /** As the plan names it: `aws`, `aws.audit`, `module.logs:aws`. */
  readonly key: string;
  /** Without host: `hashicorp/aws`. */
  readonly provider: string;
  readonly module: string;
  readonly expressions: JsonObject;
}

/** A resource block: all its instances share it. */
interface ResourceConfig {
  readonly module: string;
  readonly providerKeys: readonly string[];
  readonly expressions: JsonObject;
}

export interface Configuration {
  readonly providers: readonly ProviderConfig[];
  /** The block of a resource instance; null when the configuration no longer has it. */
  readonly blockOf: (address: string) => ResourceConfig | null;
  /** The value of an expression of the root module: a constant, or a variable and nothing else. */
  readonly valueOf: (expression: Json | undefined, module: string) => Json | undefined;
}

/** The section `configuration` of a plan, with the variables that the plan was made with. */
export function readConfiguration(plan: JsonObject): Configuration {
  const section = asObject(plan.configuration) ?? {};
  const blocks = new Map<string, ResourceConfig>();
  collect(asObject(section.root_module) ?? {}, "", blocks);
  const variables = asObject(plan.variables) ?? {};
  const declared = asObject(asObject(section.root_module)?.variables) ?? {};
  return {
    providers: Object.entries(asObject(section.provider_config) ?? {}).flatMap(([key, entry]) => {
      const config = asObject(entry);
      if (config === null) return [];
      return {
        key,
        provider: (text(config.full_name) ?? text(config.name) ?? "").split("/").slice(-2).join("/"),
        module: text(config.module_address) ?? "",
        expressions: asObject(config.expressions) ?? {},
      };
    }),
    blockOf: (address) => blocks.get(withoutInstances(address)) ?? null,
    valueOf: (expression, module) => {
      const object = asObject(expression);
      if (object === null) return undefined;
      if ("constant_value" in object) return object.constant_value;
      const [reference, ...more] = list(object.references);
      const name = /^var\.([\w-]+)$/.exec(text(reference) ?? "")?.[1];
      // An expression with more than a variable names what it refers to and not what it makes of it.
      if (name === undefined || more.length > 0 || module !== "") return undefined;
      return asObject(variables[name])?.value ?? asObject(declared[name])?.default;
    },
  };
}

function collect(module: JsonObject, path: string, blocks: Map<string, ResourceConfig>): void {
  for (const resource of objects(module.resources)) {
    const address = text(resource.address);
    if (address === null) continue;
    const one = text(resource.provider_config_key);
    blocks.set(path === "" ? address : `${path}.${address}`, {
      module: path,
      // OpenTofu lists several when each instance has a provider of its own.
      providerKeys:
        one === null ? list(resource.provider_config_keys).flatMap((key) => text(key) ?? []) : [one],
      expressions: asObject(resource.expressions) ?? {},
    });
  }
  for (const [name, call] of Object.entries(asObject(module.module_calls) ?? {})) {
    const child = asObject(asObject(call)?.module);
    if (child !== null) collect(child, `${path === "" ? "" : `${path}.`}module.${name}`, blocks);
  }
}

/** `module.a["x.y"].aws_cloudtrail.t[0]` without its instance keys, which may hold any character. */
export function withoutInstances(address: string): string {
  return address.replace(/ \(deposed [^)]*\)$/, "").replace(/\[(?:"(?:\\.|[^"\\])*"|\d+|\*)\]/g, "");
}

/** The addresses of blocks that an expression refers to, in its module. */
export function referencesOf(expression: Json | undefined, module: string): readonly string[] {
  const references = list(asObject(expression)?.references).flatMap((one) => text(one) ?? []);
  const prefix = module === "" ? "" : `${module}.`;
  return references.map((reference) => `${prefix}${withoutInstances(reference)}`);
}
