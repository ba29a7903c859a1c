import { isLeft, isReplaced } from "./actions";
import type { DeliveryEffect } from "./delivery-effect";
import { filled, type Json, type JsonObject } from "./json";
import type { ResourceChange } from "./plan-json";
import type { PlannedTrail } from "./planned-trail";
import { isSamePolicy, letsCloudTrail } from "./service-policy";

const keyTypes = [
  "aws_kms_key",
  "aws_kms_external_key",
  "aws_kms_replica_key",
  "aws_kms_replica_external_key",
  "awscc_kms_key",
  "awscc_kms_replica_key",
];

/**
 * What the plan does to the KMS key of a trail that stays. CloudTrail asks for a data key for each log file, which a
 * key that is disabled or waits for its deletion refuses (CloudTrail user guide, how CloudTrail uses AWS KMS).
 */
export function keyEffects(
  trail: PlannedTrail,
  changes: readonly ResourceChange[],
): readonly DeliveryEffect[] {
  const key = filled(trail.after?.values.kms_key_id);
  if (trail.after === null || key === null || trail.after.unknown.kms_key_id === true) return [];
  const names = namesOf(key, changes);
  if (names.length === 0) return behindUnknownAlias(changes);
  const ofKey = changes.filter(
    (change) => keyTypes.includes(change.type) && (isKey(change.before, names) || isKey(change.after, names)),
  );
  const policies = changes.filter(
    ({ type, before, after }) =>
      type === "aws_kms_key_policy" && (isKey(before, names) || isKey(after, names)),
  );
  return [
    ...ofKey.flatMap((change) => keyChange(trail, change, names, changes)),
    ...policies.flatMap((change) => policyChange(trail, change, policies)),
  ];
}

/** The alias leads to a key that the plan does not tell: one that goes may be it, if CloudTrail could use it. */
function behindUnknownAlias(changes: readonly ResourceChange[]): readonly DeliveryEffect[] {
  return changes
    .filter((change) => {
      if (!keyTypes.includes(change.type) || isLeft(change) || change.before === null) return false;
      const isGone = change.after === null || isReplaced(change.actions) || enabled(change.after) === false;
      const policy = policyIn(change.before);
      const request = { action: "kms:GenerateDataKey", resource: null, trailArn: null, account: null };
      return isGone && (policy === null || letsCloudTrail(policy, request) !== "no");
    })
    .map((change) => ({ change, kind: "doubtful", what: "goes, and may be the key behind the alias" }));
}

function keyChange(
  trail: PlannedTrail,
  change: ResourceChange,
  names: readonly string[],
  changes: readonly ResourceChange[],
): readonly DeliveryEffect[] {
  const { actions, before, after, afterUnknown } = change;
  if (isLeft(change)) return [];
  if (before !== null && (after === null || isReplaced(actions))) {
    const stays = changes.some(
      (other) =>
        other !== change &&
        keyTypes.includes(other.type) &&
        other.after !== null &&
        isKey(other.before, names),
    );
    const what = after === null ? "is deleted" : "is replaced, and the trail keeps the old key";
    return stays ? [] : [{ change, kind: "lost", what }];
  }
  const [isOn, wasOn] = [enabled(after), enabled(before)];
  if (afterUnknown.is_enabled === true || afterUnknown.enabled === true) {
    return [{ change, kind: "doubtful", what: "may be disabled, which is only known after apply" }];
  }
  if (isOn === false && wasOn !== false) return [{ change, kind: "lost", what: "is disabled" }];
  const next = policyIn(after);
  const isUnknown = afterUnknown.policy === true || afterUnknown.key_policy === true;
  if (before === null || (!isUnknown && isSamePolicy(next, policyIn(before)))) return [];
  return policyEffect(trail, change, isUnknown ? null : next);
}

function policyChange(
  trail: PlannedTrail,
  change: ResourceChange,
  policies: readonly ResourceChange[],
): readonly DeliveryEffect[] {
  const { after, afterUnknown } = change;
  if (isLeft(change)) return [];
  if (after === null) {
    const isSetElsewhere = policies.some((other) => other !== change && other.after !== null);
    // AWS puts its default policy back, which knows the account alone.
    return isSetElsewhere ? [] : [{ change, kind: "lost", what: "is deleted" }];
  }
  return policyEffect(trail, change, afterUnknown.policy === true ? null : policyIn(after));
}

/** `policy` is null where it is only known after apply. */
function policyEffect(trail: PlannedTrail, change: ResourceChange, policy: Json): readonly DeliveryEffect[] {
  // AWS tries the key when a trail is created or pointed at it.
  const isTried =
    filled(trail.before?.values.kms_key_id) !== filled(trail.after?.values.kms_key_id) ||
    isReplaced(trail.actions);
  const doubt = (what: string): readonly DeliveryEffect[] =>
    isTried ? [] : [{ change, kind: "doubtful", what }];
  if (policy === null) return doubt("gets a policy that is only known after apply");
  const request = {
    action: "kms:GenerateDataKey",
    resource: null,
    trailArn: filled(trail.after?.values.arn),
    account: trail.after?.account ?? null,
  };
  const before = policyIn(change.before);
  if (before !== null && isSamePolicy(policy, before)) return [];
  const answer = letsCloudTrail(policy, request, before);
  if (answer === "unsure") return doubt("changes what CloudTrail may do");
  if (answer === "yes") return [];
  const wasLet = before === null ? null : letsCloudTrail(before, request);
  return wasLet === "no" && !isTried
    ? doubt("changes, and neither policy has a statement for CloudTrail that this can read")
    : [{ change, kind: "lost", what: "no longer lets CloudTrail encrypt" }];
}

/** Null: the plan does not say. */
function enabled(values: JsonObject | null): boolean | null {
  const value = values?.is_enabled ?? values?.enabled;
  return typeof value === "boolean" ? value : null;
}

function policyIn(values: JsonObject | null): Json {
  return values?.policy ?? values?.key_policy ?? null;
}

/** A trail names its key by ARN, id or alias; an alias leads to the key through its own resource. */
function namesOf(key: string, changes: readonly ResourceChange[]): readonly string[] {
  const own = plain(key);
  if (!own.startsWith("alias/")) return [key, own];
  const targets = changes
    .filter(({ type }) => type === "aws_kms_alias" || type === "awscc_kms_alias")
    .map(({ before, after }) => before ?? after)
    .filter((alias) =>
      [alias?.name, alias?.alias_name, alias?.arn].some((name) => name === key || name === own),
    )
    .flatMap((alias) => [alias?.target_key_arn, alias?.target_key_id].flatMap((id) => filled(id) ?? []));
  return targets.flatMap((target) => [target, plain(target)]);
}

function plain(key: string): string {
  return key.replace(/^arn:[^:]*:kms:[^:]*:[^:]*:(key\/)?/, "");
}

function isKey(values: JsonObject | null, names: readonly string[]): boolean {
  const arn = filled(values?.arn);
  // Two Regions can hold keys of one id: where both sides have an ARN, it decides.
  if (arn?.includes(":key/") && names.some((name) => name.startsWith("arn:"))) return names.includes(arn);
  return [values?.arn, values?.key_id, values?.id].some(
    (value) => filled(value) !== null && names.includes(plain(filled(value) ?? "")),
  );
}
