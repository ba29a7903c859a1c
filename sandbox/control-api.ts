import type { Control, TimeChange } from "./control";
import type { DeploySpec } from "./control-deploy";
import type { OptInStatus } from "./model/account";
import type { World } from "./model/world";
import type { Answer } from "./wire/answer";
import type { FaultSpec, RoleSpec, ScpSpec, SettingsSpec } from "./world/world-file";

type Body = Record<string, unknown>;

/** The control API over HTTP: JSON in, JSON out. Throws on bad input. */
export function answerControl(control: Control, method: string, path: string, body: Buffer): Answer {
  const questionMark = path.indexOf("?");
  const name = questionMark === -1 ? path : path.slice(0, questionMark);
  const query = new URLSearchParams(questionMark === -1 ? "" : path.slice(questionMark + 1));
  const route = `${method} ${name}`;
  const { world } = control;
  if (route === "GET health") return json(200, { status: "ok" });
  if (route === "GET state") return json(200, stateOf(world));
  if (route === "GET calls") return json(200, callsOf(world, query));
  if (route === "GET faults") return json(200, { faults: world.faults.list() });
  if (route === "DELETE faults")
    return json(200, { removed: control.removeFaults(query.get("id") ?? undefined) });
  if (route === "DELETE calls") {
    world.calls.clear();
    return json(200, { ok: true });
  }
  const input = (body.length === 0 ? {} : JSON.parse(body.toString("utf8"))) as Body;
  switch (route) {
    case "POST reset":
      control.reset();
      return json(200, { ok: true });
    case "POST faults": {
      const faults = (Array.isArray(input) ? input : [input]) as FaultSpec[];
      for (const fault of faults) if (!fault.kind) throw new Error("A fault needs a kind");
      return json(200, { faults: control.addFaults(faults) });
    }
    case "POST time":
      return json(200, control.time(input as TimeChange));
    case "POST deploy":
      control.deploy(input as unknown as DeploySpec);
      return json(200, { ok: true });
    case "POST roles": {
      const { roleName, ...rest } = input;
      const role = control.putRole({
        ...(rest as unknown as RoleSpec),
        name: text(input, "roleName", roleName),
      });
      return json(200, { arn: role.arn, trust: role.trust });
    }
    case "DELETE roles":
      return json(200, { removed: control.removeRole(text(input, "account"), text(input, "roleName")) });
    case "POST regions":
      control.setRegion(
        text(input, "account"),
        text(input, "region"),
        text(input, "optInStatus") as OptInStatus,
      );
      return json(200, { ok: true });
    case "POST scp":
      control.setScp(text(input, "account"), (input.scp ?? undefined) as ScpSpec | undefined);
      return json(200, { ok: true });
    case "POST delivery": {
      const regions = input.regions as string[] | undefined;
      control.setDelivery(
        text(input, "account"),
        text(input, "trail"),
        (input.error ?? null) as string | null,
        regions,
      );
      return json(200, { ok: true });
    }
    case "POST settings":
      control.settings(input as SettingsSpec);
      return json(200, { settings: world.settings });
    default:
      return json(404, { error: `No such control: ${route}` });
  }
}

function text(input: Body, field: string, value: unknown = input[field]): string {
  if (typeof value !== "string" || value === "") throw new Error(`${field} is missing`);
  return value;
}

function callsOf(world: World, query: URLSearchParams): object {
  const account = query.get("account");
  const api = query.get("api");
  const region = query.get("region");
  const fits = (row: { account: string; api: string; region: string }) =>
    (account === null || row.account === account) &&
    (api === null || row.api === api) &&
    (region === null || row.region === region);
  const limit = Number(query.get("limit") ?? "1000");
  const calls = world.calls.records().filter(fits);
  return {
    total: world.calls.total,
    maxInFlight: world.calls.maxInFlight,
    counts: world.calls.counts().filter(fits),
    rates: world.calls.rates().filter((rate) => account === null || rate.account === account),
    calls: calls.slice(-limit),
  };
}

function stateOf(world: World): object {
  return {
    now: new Date(world.now()).toISOString(),
    frozen: world.clock.isFrozen,
    settings: world.settings,
    organization: world.organization,
    accounts: [...world.accounts.values()].map((account) => ({
      id: account.id,
      name: account.name,
      partition: account.partition,
      orgRole: account.orgRole,
      regions: Object.fromEntries(account.regions),
      scp: account.scp,
      roles: [...account.roles.values()].map((role) => ({
        arn: role.arn,
        trust: role.trust,
        policies: role.policies && Object.fromEntries(role.policies),
      })),
      eventDataStores: account.spec.eventDataStores ?? [],
      channels: account.spec.channels ?? [],
    })),
    trails: [...world.trails.values()].map(({ seeds, presence, regional, tags, ...trail }) => ({
      ...trail,
      tags: Object.fromEntries(tags),
      status: Object.fromEntries(
        [...regional].map(([key, { batch, ...state }]) => [
          key,
          { ...state, waiting: batch?.events.length ?? 0 },
        ]),
      ),
    })),
    buckets: [...world.buckets.values()].map((bucket) => ({
      name: bucket.name,
      ownerAccount: bucket.ownerAccount,
      objects: bucket.objects.size,
    })),
    sessions: [...world.sessions.values()].map((session) => ({
      arn: session.arn,
      expiresAt: new Date(session.expiresAt).toISOString(),
      externalId: session.externalId,
      policy: session.policyText,
    })),
    faults: world.faults.list(),
  };
}

export function json(status: number, value: unknown): Answer {
  return { status, headers: { "content-type": "application/json" }, body: `${JSON.stringify(value)}\n` };
}
