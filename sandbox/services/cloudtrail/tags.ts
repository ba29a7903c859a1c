import type { Trail } from "../../model/trail";
import { AwsError } from "../../wire/aws-error";
import { type Call, listOf, type Operation, read, textOf, write } from "../operation";
import { findTrailToChange, unknownTrail, wrongAccount } from "./find-trail";

export interface WireTag {
  readonly Key: string;
  readonly Value?: string;
}

export const tagOperations: Readonly<Record<string, Operation>> = {
  ListTags: read(listTags),
  AddTags: write((call) => {
    const trail = findTrailToChange(call, textOf(call.input, "ResourceId") ?? "");
    putTags(trail, listOf<WireTag>(call.input, "TagsList") ?? []);
    return {};
  }),
  RemoveTags: write((call) => {
    const trail = findTrailToChange(call, textOf(call.input, "ResourceId") ?? "");
    for (const tag of listOf<WireTag>(call.input, "TagsList") ?? []) trail.tags.delete(tag.Key);
    return {};
  }),
};

export function putTags(trail: Trail, tags: readonly WireTag[]): void {
  for (const tag of tags) {
    if (!tag.Key || tag.Key.length > 128 || /^aws:/i.test(tag.Key)) {
      throw new AwsError("InvalidTagParameterException", `The tag key is not valid: ${tag.Key}`);
    }
    trail.tags.set(tag.Key, tag.Value ?? "");
  }
  if (trail.tags.size > 50) {
    throw new AwsError(
      "TagsLimitExceededException",
      "The number of tags per trail has exceeded the limit of 50.",
    );
  }
}

/** By ARN, of the caller's own account only; members cannot read tags of an organization trail. */
function listTags(call: Call): object {
  const ids = listOf<string>(call.input, "ResourceIdList") ?? [];
  if (ids.length > 20)
    throw new AwsError("InvalidParameterException", "ResourceIdList takes at most 20 ARNs.");
  return {
    ResourceTagList: ids.map((arn) => {
      const trail = call.world.trails.get(arn);
      if (!/^arn:[^:]+:cloudtrail:[^:]+:\d{12}:/.test(arn)) {
        throw new AwsError("CloudTrailARNInvalidException", `Invalid trail ARN: ${arn}`);
      }
      if (arn.split(":")[4] !== call.account.id) throw wrongAccount(call);
      if (!trail) {
        if (/:trail\//.test(arn)) throw unknownTrail(call, arn);
        return { ResourceId: arn, TagsList: [] };
      }
      if (!call.world.sees(call.account, trail, call.region)) throw unknownTrail(call, arn);
      return {
        ResourceId: arn,
        TagsList: [...trail.tags].map(([Key, Value]) => ({ Key, Value })),
      };
    }),
  };
}
