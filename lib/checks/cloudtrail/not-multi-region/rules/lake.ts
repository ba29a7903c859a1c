import { logsAllManagementEvents } from "@/lib/checks/cloudtrail/inventory/selectors";
import type { EventDataStore } from "@/lib/checks/facts/cloudtrail";
import type { Facts } from "@/lib/checks/facts/facts";

export interface LakeView {
  /** A store that retains all management events of all Regions. It compensates; it is not a trail. */
  readonly compensating: EventDataStore | null;
  readonly couldNotList: boolean;
}

/** What event data stores record. They are read only when the trails alone give no pass. */
export function lookAtLake(facts: Partial<Facts>): LakeView {
  const readings = Object.values(facts["cloudtrail.event_data_stores"] ?? {});
  const stores = readings.flatMap((reading) => (reading.ok ? reading.value : []));
  return {
    compensating: stores.find(compensates) ?? null,
    couldNotList: readings.some((reading) => !reading.ok),
  };
}

function compensates(store: EventDataStore): boolean {
  return (
    store.status === "ENABLED" &&
    store.multiRegionEnabled &&
    logsAllManagementEvents(store.advancedEventSelectors)
  );
}
