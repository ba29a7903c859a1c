import { asObject, filled, type Json, type JsonObject, text } from "./json";
import type { ResourceChange } from "./plan-json";

/** A resource that may bring a trail with it, which the plan does not show. */
export interface Carrier {
  readonly change: ResourceChange;
  /** What it holds says that a trail is there after the plan. */
  readonly holdsTrailAfter: boolean;
  readonly note: string;
}

const stacks = /^(aws|awscc)_cloudformation_(stack|stack_set|stack_instances|stack_set_instance)$/;
const controlTower = /^(aws|awscc)_controltower_(landing_zone|baseline|enabled_baseline)$/;
const others =
  /^(aws|awscc)_(servicecatalog_(cloud_formation_)?provisioned_product|cloudcontrolapi_resource)$/;

/** CloudFormation, Control Tower and others of this plan that can create a trail. */
export function carriersIn(changes: readonly ResourceChange[]): readonly Carrier[] {
  return changes.flatMap((change) => {
    if (!isCarrierType(change.type)) return [];
    const [before, after] = [holdsTrail(change.before), holdsTrail(change.after)];
    const possible = [before, after].filter((answer) => answer !== "no");
    const isReadable = !Object.values(change.afterUnknown).includes(true) || change.after === null;
    if (possible.length === 0 && isReadable) return [];
    return { change, holdsTrailAfter: after === "yes", note: noteOf(change, before, after) };
  });
}

function isCarrierType(type: string): boolean {
  return stacks.test(type) || controlTower.test(type) || others.test(type);
}

type Holds = "yes" | "no" | "maybe";

function holdsTrail(values: JsonObject | null): Holds {
  if (values === null) return "no";
  const type = filled(values.type_name);
  if (type !== null) return type === "AWS::CloudTrail::Trail" ? "yes" : "no";
  const manifest = values.manifest_json ?? values.manifest;
  if (manifest !== undefined && manifest !== null) {
    const logging = asObject(asObject(parsed(manifest))?.centralizedLogging)?.enabled;
    return typeof logging === "boolean" ? (logging ? "yes" : "no") : "maybe";
  }
  const template = text(values.template_body);
  if (template === null) return "maybe";
  if (template.includes("AWS::CloudTrail::Trail")) return "yes";
  // Nested stacks, modules and transforms bring in what the template does not show.
  return /AWS::CloudFormation::Stack|Transform|::MODULE/.test(template) ? "maybe" : "no";
}

function parsed(manifest: Json): Json {
  if (typeof manifest !== "string") return manifest;
  try {
    return JSON.parse(manifest) as Json;
  } catch {
    return null;
  }
}

function noteOf({ address, type, actions }: ResourceChange, before: Holds, after: Holds): string {
  const done = actions.filter((action) => action !== "no-op").join(", ");
  const isLandingZone = type.endsWith("_landing_zone");
  if (before === "yes" && after === "no") {
    return isLandingZone
      ? `${address} turns off centralized logging, which creates the trail of Control Tower. This cannot see that trail.`
      : `${address} carries a trail, and this plan takes it away (${done}). This cannot see what it covers.`;
  }
  const verb = before === "yes" || after === "yes" ? "carries" : "may carry";
  return `${address} ${verb} a trail, which this cannot see${done === "" ? "" : ` (${done})`}.`;
}
