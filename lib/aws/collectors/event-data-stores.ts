import { GetEventDataStoreCommand, ListEventDataStoresCommand } from "@aws-sdk/client-cloudtrail";
import { cloudTrail } from "@/lib/aws/wire/services/cloudtrail";
import type { EventDataStore } from "@/lib/checks/facts/cloudtrail";
import { accepted } from "@/lib/checks/facts/patterns";
import { type Reading, read } from "@/lib/checks/facts/reading";
import type { Collector, Gathering } from "./collector";
import { enabledRegions, inEveryRegion } from "./enabled-regions";
import { advancedSelector } from "./selectors";

/** More pages than any account has stores: a quota allows 10 per Region. */
const mostPages = 5;

/** Event data stores (CloudTrail Lake). The list no longer carries their state, so each is asked for, once. */
export const eventDataStoresCollector: Collector<"cloudtrail.event_data_stores"> = {
  fact: "cloudtrail.event_data_stores",
  async collect(gathering) {
    const details = new Map<string, Promise<Reading<EventDataStore>>>();
    const detailsOf = (arn: string, seenIn: string) => {
      const known = details.get(arn) ?? getStore(gathering, arn, arn.split(":")[3] || seenIn);
      details.set(arn, known);
      return known;
    };
    return inEveryRegion(await enabledRegions(gathering), async (region) => {
      const listed = await listStores(gathering, region);
      if (!listed.ok) return listed;
      const stores: EventDataStore[] = [];
      for (const store of await Promise.all(listed.value.map((arn) => detailsOf(arn, region)))) {
        if (!store.ok) return store;
        stores.push(store.value);
      }
      return read<readonly EventDataStore[]>(stores);
    });
  },
};

interface Page {
  readonly arns: readonly string[];
  readonly next: string | undefined;
}

async function listStores({ call }: Gathering, region: string): Promise<Reading<readonly string[]>> {
  const arns: string[] = [];
  let next: string | undefined;
  for (let page = 0; page < mostPages; page++) {
    const input = next === undefined ? {} : { NextToken: next };
    const answer: Reading<Page> = await call({
      service: cloudTrail,
      api: "cloudtrail:ListEventDataStores",
      region,
      send: (client, options) => client.send(new ListEventDataStoresCommand(input), options),
      parse: ({ EventDataStores: stores, NextToken }) =>
        stores && {
          arns: stores.flatMap(({ EventDataStoreArn: arn }) =>
            arn ? [accepted("storeArn", arn, "EventDataStoreArn")] : [],
          ),
          next: NextToken || undefined,
        },
    });
    if (!answer.ok) return answer;
    arns.push(...answer.value.arns);
    next = answer.value.next;
    if (next === undefined) break;
  }
  return read(arns);
}

function getStore({ call }: Gathering, arn: string, region: string): Promise<Reading<EventDataStore>> {
  return call({
    service: cloudTrail,
    api: "cloudtrail:GetEventDataStore",
    region,
    target: arn,
    send: (client, options) => client.send(new GetEventDataStoreCommand({ EventDataStore: arn }), options),
    parse: (store) =>
      store.Status === undefined
        ? undefined
        : {
            arn: accepted("storeArn", store.EventDataStoreArn ?? arn, "EventDataStoreArn"),
            name: store.Name ? accepted("storeName", store.Name, "Name") : "",
            status: accepted("word", store.Status, "Status"),
            multiRegionEnabled: store.MultiRegionEnabled ?? false,
            organizationEnabled: store.OrganizationEnabled ?? false,
            advancedEventSelectors: (store.AdvancedEventSelectors ?? []).map(advancedSelector),
          },
  });
}
