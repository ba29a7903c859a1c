import type { AwsCall } from "@/lib/aws/wire/aws-calls";
import type { Answer } from "@/lib/aws/wire/send-call";
import type { SdkClient } from "@/lib/aws/wire/services/service";
import type { FactName, FactsByName, Partition } from "@/lib/checks/facts/facts";
import type { Reading } from "@/lib/checks/facts/reading";

/** What a collector may do: make calls, ask for other facts, and correct one that turned out to be outdated. */
export interface Gathering {
  readonly account: { readonly id: string; readonly partition: Partition };
  call<C extends SdkClient, O extends Answer, V>(call: AwsCall<C, O, V>): Promise<Reading<V>>;
  /** Reads the fact unless that was done or is under way. */
  need<N extends FactName>(name: N): Promise<FactsByName[N]>;
  amend<N extends FactName>(name: N, change: (current: FactsByName[N]) => FactsByName[N]): void;
}

/** Reads one fact with the actions declared for it. It judges nothing: what could not be read is reported so. */
export interface Collector<N extends FactName> {
  readonly fact: N;
  collect(gathering: Gathering): Promise<FactsByName[N]>;
}
