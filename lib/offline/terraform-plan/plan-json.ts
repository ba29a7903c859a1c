import { type Configuration, readConfiguration } from "./configuration";
import { asObject, type Json, type JsonObject, list, objects, text } from "./json";
import { hidesSomething } from "./values";

/**
 * The parts of `terraform show -json` that we read (format 1.x; OpenTofu writes the same). Whatever does not have
 * the expected shape is left out, never guessed.
 */
export interface ResourceChange {
  readonly address: string;
  readonly type: string;
  /** Of the provider, without host: `hashicorp/aws`. Empty when the plan does not say. */
  readonly provider: string;
  readonly actions: readonly string[];
  readonly before: JsonObject | null;
  readonly after: JsonObject | null;
  /** Same shape as `after`; true where a value is only known after apply. */
  readonly afterUnknown: JsonObject;
  /** The change may be put off to a later plan, so it may not happen. */
  readonly isDeferred: boolean;
  /** In the state alone: a targeted plan leaves it out. */
  readonly isUnplanned: boolean;
}

export interface StateResource {
  readonly address: string;
  readonly type: string;
  readonly isData: boolean;
  readonly provider: string;
  readonly values: JsonObject;
}

export interface Plan {
  /** Managed resources in the order of their addresses, so that the order in the file never matters. */
  readonly changes: readonly ResourceChange[];
  readonly state: readonly StateResource[];
  readonly configuration: Configuration;
  /** Addresses of what was changed outside Terraform. */
  readonly drifted: readonly string[];
  readonly isComplete: boolean;
}

export type PlanReading =
  | { readonly ok: true; readonly plan: Plan }
  | { readonly ok: false; readonly why: string };

export const howTo = "Write one with terraform plan -out=plan.out, then terraform show -json plan.out.";
const isNone = { ok: false, why: `This is not the JSON of a Terraform plan. ${howTo}` } as const;

/** The managed resources of a plan with their changes, modules and instances included. */
export function readPlan(input: unknown): PlanReading {
  const plan = asObject(input as Json);
  if (plan === null) return isNone;
  const foreign = foreignDocument(plan);
  if (foreign !== null) return { ok: false, why: foreign };
  if (!["resource_changes", "planned_values", "deferred_changes"].some((member) => member in plan)) {
    return isNone;
  }
  const version = unsupportedVersion(plan.format_version);
  if (version !== null) return { ok: false, why: version };
  if (plan.errored === true) {
    return {
      ok: false,
      why: "Terraform marks this plan as errored: it is not complete and cannot be applied.",
    };
  }
  const state = stateResources(asObject(asObject(plan.prior_state)?.values)?.root_module);
  const listed = list(plan.resource_changes).flatMap((entry) => readChange(entry, false) ?? []);
  const deferred = objects(plan.deferred_changes).flatMap(
    (entry) => readChange(entry.resource_change ?? null, true) ?? [],
  );
  // A plan without any change may carry no list of them: what it plans stays as it is.
  const kept = Array.isArray(plan.resource_changes)
    ? []
    : stateResources(asObject(plan.planned_values)?.root_module).flatMap((one) => unchanged(one, false));
  const changes = [...listed, ...deferred, ...kept];
  const read: Plan = {
    changes: [...changes, ...unplanned(state, changes, plan)].sort(byAddress),
    state,
    configuration: readConfiguration(plan),
    drifted: objects(plan.resource_drift).flatMap(driftedAddress),
    isComplete: plan.complete !== false,
  };
  if (namesIn(read).some(hidesSomething)) {
    return {
      ok: false,
      why: `A name in this plan has characters that are not seen, which Terraform never writes. ${howTo}`,
    };
  }
  return { ok: true, plan: read };
}

function namesIn({ changes, drifted, configuration }: Plan): readonly string[] {
  return [
    ...changes.flatMap(({ address, type, provider }) => [address, type, provider]),
    ...drifted,
    ...configuration.providers.flatMap(({ key, module }) => [key, module]),
  ];
}

/** A resource that only moved is in the list too, as unchanged. */
function driftedAddress({ address, change }: JsonObject): readonly string[] {
  const actions = list(asObject(change)?.actions);
  return typeof address === "string" && !actions.includes("no-op") ? [address] : [];
}

/** What the document is when it is one that people take for a plan. */
function foreignDocument(document: JsonObject): string | null {
  if (document["@level"] !== undefined) {
    return `This is the log that terraform plan -json prints, not the plan. ${howTo}`;
  }
  if (document.encrypted_data !== undefined) {
    return "This is an encrypted plan or state of OpenTofu. Write the plan with tofu show -json plan.out, where the key is configured.";
  }
  const members = Object.keys(document);
  // What terraform show -json prints where there is no state yet.
  const isEmpty =
    members.includes("format_version") &&
    members.every((name) => ["format_version", "terraform_version"].includes(name));
  const isState =
    isEmpty ||
    asObject(document.values) !== null ||
    (document.lineage !== undefined && Array.isArray(document.resources));
  return isState ? `This is the JSON of a state, not of a plan. ${howTo}` : null;
}

/**
 * Both formats promise that readers may go on within a major version and must refuse another one (JSON output format,
 * HashiCorp and OpenTofu). Versions 0.1 and 0.2 are what Terraform before 1.1 wrote, in the same shape.
 */
function unsupportedVersion(version: Json | undefined): string | null {
  if (version === undefined || version === null) {
    return `This plan names no format_version, so it cannot be read for certain. ${howTo}`;
  }
  const shown = typeof version === "string" ? version : JSON.stringify(version);
  if (/^(0\.[12]|1\.\d+)(\.\d+)?$/.test(shown)) return null;
  return `This plan has format version ${shown.slice(0, 40)}, which is not supported: only version 1 is.`;
}

function readChange(entry: Json, isDeferred: boolean): ResourceChange | null {
  const resource = asObject(entry);
  const change = asObject(resource?.change);
  if (resource === null || change === null || !isManaged(resource.mode)) return null;
  const { address, type } = resource;
  if (typeof address !== "string" || typeof type !== "string") return null;
  const deposed = text(resource.deposed);
  return {
    // An object of an earlier, half-finished replacement still exists in AWS until this plan deletes it.
    address: deposed === null ? address : `${address} (deposed ${deposed})`,
    type,
    provider: providerOf(resource.provider_name),
    actions: list(change.actions).filter((action) => typeof action === "string"),
    before: asObject(change.before),
    after: asObject(change.after),
    afterUnknown: asObject(change.after_unknown) ?? {},
    isDeferred,
    isUnplanned: false,
  };
}

function isManaged(mode: Json | undefined): boolean {
  return mode === undefined || mode === "managed";
}

function providerOf(name: Json | undefined): string {
  return (text(name) ?? "").split("/").slice(-2).join("/");
}

function stateResources(module: Json | undefined): readonly StateResource[] {
  const object = asObject(module);
  if (object === null) return [];
  const own = objects(object.resources).flatMap((resource): readonly StateResource[] => {
    const values = asObject(resource.values);
    const { address, type } = resource;
    if (values === null || typeof address !== "string" || typeof type !== "string") return [];
    const isData = resource.mode === "data";
    return isData || isManaged(resource.mode)
      ? [{ address, type, isData, provider: providerOf(resource.provider_name), values }]
      : [];
  });
  return [...own, ...list(object.child_modules).flatMap(stateResources)];
}

function unchanged(resource: StateResource, isUnplanned: boolean): readonly ResourceChange[] {
  const { address, type, provider, values, isData } = resource;
  if (isData) return [];
  const same = { before: values, after: values, afterUnknown: {} };
  return [{ address, type, provider, actions: ["no-op"], ...same, isDeferred: false, isUnplanned }];
}

/** What the state holds and the plan does not speak of: `-target` and `-exclude` leave it out. */
function unplanned(
  state: readonly StateResource[],
  changes: readonly ResourceChange[],
  plan: JsonObject,
): readonly ResourceChange[] {
  const previous = objects(plan.resource_changes).flatMap((entry) => text(entry.previous_address) ?? []);
  const spoken = new Set([...changes.map(({ address }) => address), ...previous]);
  // The same object at a new address, by the name that AWS has for it.
  const objectOf = (type: string, values: JsonObject | null) =>
    `${type} ${text(values?.arn) ?? text(values?.id)}`;
  const known = new Set(
    changes.flatMap(({ type, before }) => (before === null ? [] : objectOf(type, before))),
  );
  return state
    .filter(({ address, type, values }) => !spoken.has(address) && !known.has(objectOf(type, values)))
    .flatMap((resource) => unchanged(resource, true));
}

function byAddress(one: ResourceChange, other: ResourceChange): number {
  if (one.address !== other.address) return one.address < other.address ? -1 : 1;
  // Two entries of one address are in no order of their own.
  const [left, right] = [JSON.stringify(one), JSON.stringify(other)];
  return left === right ? 0 : left < right ? -1 : 1;
}
