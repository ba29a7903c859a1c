import type { Principal } from "../model/identity";
import type { World } from "../model/world";
import type { WireRequest } from "../wire/request";

export interface S3Call {
  readonly world: World;
  readonly principal: Principal;
  readonly region: string;
  readonly now: number;
  readonly request: WireRequest;
  readonly requestId: string;
}
