import type { Account } from "../model/account";
import type { Principal } from "../model/identity";
import type { World } from "../model/world";
import type { Form } from "../wire/form";
import type { WireRequest } from "../wire/request";

/** One authorized call, as an operation sees it. */
export interface Call {
  readonly world: World;
  readonly principal: Principal;
  readonly account: Account;
  readonly region: string;
  readonly now: number;
  readonly request: WireRequest;
  readonly requestId: string;
  /** Body of a JSON 1.1 call. */
  readonly input: Readonly<Record<string, unknown>>;
  /** Body of a Query call. */
  readonly form: Form;
}

export interface Operation {
  readonly readOnly: boolean;
  /** No permission is needed (GetCallerIdentity). */
  readonly free?: boolean;
  readonly run: (call: Call) => object;
}

export interface Service {
  /** As events name it. */
  readonly eventSource: string;
  readonly operations: Readonly<Record<string, Operation>>;
}

export function read(run: (call: Call) => object): Operation {
  return { readOnly: true, run };
}

export function write(run: (call: Call) => object): Operation {
  return { readOnly: false, run };
}

/** Seconds since the epoch, as JSON 1.1 writes times. */
export function seconds(milliseconds: number | undefined): number | undefined {
  return milliseconds === undefined ? undefined : milliseconds / 1_000;
}

export function isoSeconds(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}

export function textOf(input: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = input[name];
  return typeof value === "string" ? value : undefined;
}

export function flagOf(input: Readonly<Record<string, unknown>>, name: string): boolean | undefined {
  const value = input[name];
  return typeof value === "boolean" ? value : undefined;
}

export function listOf<T = unknown>(input: Readonly<Record<string, unknown>>, name: string): T[] | undefined {
  const value = input[name];
  return Array.isArray(value) ? (value as T[]) : undefined;
}
