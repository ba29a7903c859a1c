import { ListTagsCommand } from "@aws-sdk/client-cloudtrail";
import { cloudTrail } from "@/lib/aws/wire/services/cloudtrail";
import { accepted } from "@/lib/checks/facts/patterns";
import type { Reading } from "@/lib/checks/facts/reading";
import { read } from "@/lib/checks/facts/reading";
import type { Collector, Gathering } from "./collector";
import { visibleTrails } from "./visible-trails";

type Tags = Readonly<Record<string, string>>;

/** ListTags takes at most this many ARNs; a Region holds five trails. */
const mostArns = 20;

/**
 * Tags of the account's own trails, one call per home Region. Organization trails of another account are not
 * asked for: AWS refuses a request that names one.
 */
export const trailTagsCollector: Collector<"cloudtrail.trail_tags"> = {
  fact: "cloudtrail.trail_tags",
  async collect(gathering) {
    const byHome = new Map<string, string[]>();
    for (const { trail, homeIsEnabled } of await visibleTrails(gathering)) {
      if (!homeIsEnabled || trail.arn.split(":")[4] !== gathering.account.id) continue;
      byHome.set(trail.homeRegion, [...(byHome.get(trail.homeRegion) ?? []), trail.arn]);
    }
    const found = await Promise.all(
      [...byHome].map(async ([region, arns]) => {
        const tags = await listTags(gathering, region, arns.slice(0, mostArns));
        return arns.map((arn) => [arn, tags.ok ? read<Tags>(tags.value[arn] ?? {}) : tags] as const);
      }),
    );
    return Object.fromEntries(found.flat());
  },
};

function listTags(
  { call }: Gathering,
  region: string,
  arns: readonly string[],
): Promise<Reading<Readonly<Record<string, Tags>>>> {
  return call({
    service: cloudTrail,
    api: "cloudtrail:ListTags",
    region,
    ...(arns.length === 1 && arns[0] ? { target: arns[0] } : {}),
    send: (client, options) => client.send(new ListTagsCommand({ ResourceIdList: [...arns] }), options),
    parse: ({ ResourceTagList: resources }) =>
      resources &&
      Object.fromEntries(
        resources.map(({ ResourceId, TagsList }) => [
          ResourceId ?? "",
          Object.fromEntries(
            (TagsList ?? []).flatMap(({ Key, Value }) =>
              Key ? [[accepted("line", Key, "Key"), accepted("line", Value ?? "", "Value")]] : [],
            ),
          ),
        ]),
      ),
  });
}
