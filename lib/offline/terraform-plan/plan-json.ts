/**
 * The parts of `terraform show -json` that we read (format 1.x; OpenTofu writes the same). Whatever does not have
 * the expected shape is left out, never guessed.
 */

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

export interface ResourceChange {
  readonly address: string;
  readonly type: string;
  readonly actions: readonly string[];
  readonly before: JsonObject | null;
  readonly after: JsonObject | null;
  /** Same shape as `after`; true stands where a value is only known after apply. */
  readonly afterUnknown: Json;
  /** The change may be put off to a later plan, so it may not happen. */
  readonly isDeferred: boolean;
}

export type PlanReading =
  | { readonly ok: true; readonly changes: readonly ResourceChange[]; readonly isComplete: boolean }
  | { readonly ok: false; readonly why: string };

const howTo = "Write one with terraform plan -out=plan.out, then terraform show -json plan.out.";

/** The managed resources of a plan with their changes, modules and instances included. */
export function readPlan(input: unknown): PlanReading {
  const plan = asObject(input as Json);
  if (plan === null) return { ok: false, why: `This is not the JSON of a Terraform plan. ${howTo}` };
  if (plan.errored === true) {
    return {
      ok: false,
      why: "Terraform marks this plan as errored: it is not complete and cannot be applied.",
    };
  }
  if (Array.isArray(plan.resource_changes)) {
    const deferred = list(plan.deferred_changes).flatMap((entry) => {
      const change = readChange(asObject(entry)?.resource_change ?? null, true);
      return change === null ? [] : [change];
    });
    const changes = plan.resource_changes.flatMap((entry) => readChange(entry, false) ?? []);
    return { ok: true, changes: [...changes, ...deferred], isComplete: plan.complete !== false };
  }
  // A plan without any resource carries no list of changes.
  if (asObject(plan.planned_values ?? null) !== null) {
    const planned = plannedResources(asObject(plan.planned_values ?? null)?.root_module ?? null);
    return { ok: true, changes: planned, isComplete: plan.complete !== false };
  }
  if (asObject(plan.values ?? null) !== null) {
    return { ok: false, why: `This is the JSON of a state, not of a plan. ${howTo}` };
  }
  if (plan["@level"] !== undefined) {
    return { ok: false, why: `This is the log that terraform plan -json prints, not the plan. ${howTo}` };
  }
  return { ok: false, why: `This is not the JSON of a Terraform plan. ${howTo}` };
}

function readChange(entry: Json, isDeferred: boolean): ResourceChange | null {
  const resource = asObject(entry);
  const change = asObject(resource?.change ?? null);
  if (resource === null || change === null || resource.mode === "data") return null;
  // Objects of an earlier, half-finished replacement: they are only ever deleted.
  if (resource.deposed !== undefined) return null;
  const { address, type } = resource;
  if (typeof address !== "string" || typeof type !== "string") return null;
  return {
    address,
    type,
    actions: list(change.actions).filter((action) => typeof action === "string"),
    before: asObject(change.before ?? null),
    after: asObject(change.after ?? null),
    afterUnknown: change.after_unknown ?? {},
    isDeferred,
  };
}

/** Resources of `planned_values`, for plans that list no changes: they stay as they are. */
function plannedResources(module: Json): readonly ResourceChange[] {
  const object = asObject(module);
  if (object === null) return [];
  const own = list(object.resources).flatMap((entry): readonly ResourceChange[] => {
    const resource = asObject(entry);
    const values = asObject(resource?.values ?? null);
    if (resource === null || values === null || resource.mode === "data") return [];
    const { address, type } = resource;
    if (typeof address !== "string" || typeof type !== "string") return [];
    return [
      {
        address,
        type,
        actions: ["no-op"],
        before: values,
        after: values,
        afterUnknown: {},
        isDeferred: false,
      },
    ];
  });
  return [...own, ...list(object.child_modules).flatMap(plannedResources)];
}

export function asObject(value: Json): JsonObject | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;
}

export function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

/** Whether this value, or anything inside it, is only known after apply. */
export function hasUnknown(value: Json | undefined): boolean {
  if (value === true) return true;
  if (Array.isArray(value)) return value.some(hasUnknown);
  const object = asObject(value ?? null);
  return object !== null && Object.values(object).some(hasUnknown);
}
