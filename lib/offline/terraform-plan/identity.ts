import { matches } from "@/lib/checks/facts/patterns";
import type { Configuration, ProviderConfig } from "./configuration";
import { asObject, filled, type Json, type JsonObject, text, texts } from "./json";
import type { Plan, ResourceChange } from "./plan-json";
import { accountInArn, regionName } from "./values";

/** Whose credentials a resource is applied with, as far as the configuration shows. */
export interface Identity {
  /** Resources with the same key are in the same account, whichever that is. */
  readonly key: string;
  /** For people: the provider blocks, with their role where they assume one. */
  readonly name: string;
  readonly account: string | null;
  /** `role`: named by a constant role. `ambient`: whatever credentials Terraform runs with. */
  readonly kind: "role" | "ambient" | "other" | "unknown";
  readonly region: string | null;
}

export interface Identities {
  readonly of: (change: Pick<ResourceChange, "address" | "provider">) => Identity;
  /** The owner of organization trails that this identity creates: a delegated administrator creates them for another account. */
  readonly organizationOwner: (identity: Identity) => string | null;
}

/** Arguments of the AWS providers that decide which account they reach. Region, tags and retries do not. */
const credentialArguments = [
  "access_key",
  "secret_key",
  "token",
  "profile",
  "assume_role",
  "assume_role_with_web_identity",
  "shared_credentials_file",
  "shared_credentials_files",
  "shared_config_files",
  "allowed_account_ids",
  "forbidden_account_ids",
  "endpoints",
];

/** Decides by the configuration, and by what the state knows of each provider, which resources share an account. */
export function readIdentities(plan: Plan): Identities {
  const { configuration } = plan;
  const inConfiguration = (change: Pick<ResourceChange, "address" | "provider">) =>
    configured(change, configuration);
  const seen = accountsSeen(plan, inConfiguration);
  return {
    of: (change) => {
      const identity = inConfiguration(change);
      return { ...identity, account: identity.account ?? only(seen.own.get(identity.key)) };
    },
    organizationOwner: (identity) => only(seen.organization.get(identity.key)),
  };
}

function configured(
  { address, provider }: Pick<ResourceChange, "address" | "provider">,
  configuration: Configuration,
): Identity {
  const [key, ...more] = configuration.blockOf(address)?.providerKeys ?? [];
  if (key === undefined) return shared(address, provider, configuration);
  if (more.length > 0) return unknownIdentity(address, [key, ...more].join(" or "));
  const config = configuration.providers.find((one) => one.key === key);
  if (config === undefined) return unlisted(key, address, provider, configuration);
  // A module's entry without a block of its own means a provider that the module is handed.
  const isHandedOn = config.module !== "" && Object.keys(config.expressions).length === 0;
  return isHandedOn
    ? shared(address, config.provider, configuration)
    : identityOf(config, address, configuration);
}

/** A key that the plan does not explain: the default provider may be inherited, an alias is its own. */
function unlisted(key: string, address: string, provider: string, configuration: Configuration): Identity {
  if (key.split(":").at(-1)?.includes(".")) {
    return { key: `provider ${key}`, name: key, account: null, kind: "other", region: null };
  }
  return key.includes(":") ? shared(address, provider, configuration) : ambient(key, null);
}

/** For resources whose block is gone, or names no provider: certain only where all provider blocks agree. */
function shared(address: string, provider: string, configuration: Configuration): Identity {
  const ofProvider = configuration.providers.filter(
    (config) => provider === "" || config.provider === provider,
  );
  if (ofProvider.length === 0) {
    return unknownIdentity(address, provider.split("/").at(-1) || "no provider configuration");
  }
  const written = ofProvider
    .filter((config) => config.module === "" || Object.keys(config.expressions).length > 0)
    .map((config) => identityOf(config, address, configuration));
  // Without a block, the default provider takes whatever credentials Terraform runs with.
  const hasDefault = ofProvider.some(({ key }) => !key.includes(".") && !key.includes(":"));
  const possible = hasDefault ? written : [...written, ambient("the default credentials", null)];
  const [first] = possible;
  if (first !== undefined && possible.every(({ key }) => key === first.key)) return first;
  return unknownIdentity(address, `one of ${possible.map(({ name }) => name).join(", ")}`);
}

function ambient(name: string, region: string | null): Identity {
  return { key: "ambient", name, account: null, kind: "ambient", region };
}

function unknownIdentity(address: string, name: string): Identity {
  return { key: `unknown ${address}`, name, account: null, kind: "unknown", region: null };
}

function identityOf(config: ProviderConfig, address: string, configuration: Configuration): Identity {
  const { expressions, module, key } = config;
  const region = regionName(filled(configuration.valueOf(expressions.region, module)));
  const credentials = credentialArguments.flatMap((name) =>
    isSet(expressions[name]) ? [[name, expressions[name]] as const] : [],
  );
  if (credentials.length === 0) return ambient(key, region);
  const role = assumedRole(expressions);
  const account = accountInArn(role) ?? allowedAccount(expressions);
  const name = role === null || !matches("line", role) ? key : `${key} (${role})`;
  if (account !== null) return { key: `account ${account}`, name, account, kind: "role", region };
  const written = JSON.stringify(credentials);
  // With for_each on a provider, one block serves several accounts.
  if (/"(each|count)\./.test(written)) return { ...unknownIdentity(address, name), region };
  // A plan names what an expression refers to and not what it makes of it: two blocks may refer to the same and differ.
  const isConstant = !written.includes('"references"');
  return { key: isConstant ? written : `provider ${key}`, name, account: null, kind: "other", region };
}

function isSet(expression: Json | undefined): boolean {
  if (expression === undefined || expression === null) return false;
  if (Array.isArray(expression)) return expression.length > 0;
  const object = asObject(expression);
  if (object === null) return false;
  if (!("constant_value" in object)) return true;
  const { constant_value: value } = object;
  return value !== null && value !== "" && !(Array.isArray(value) && value.length === 0);
}

/** The constant role at the end of the chain. An awscc provider writes the block as one value. */
function assumedRole(expressions: JsonObject): string | null {
  const blocks = [expressions.assume_role_with_web_identity, expressions.assume_role].flatMap((written) => {
    const constant = asObject(asObject(written)?.constant_value);
    if (constant !== null) return [{ role_arn: { constant_value: constant.role_arn ?? null } }];
    return Array.isArray(written) ? written : [written ?? null];
  });
  const last = blocks.flatMap((block) => asObject(block)?.role_arn ?? []).at(-1);
  return filled(asObject(last)?.constant_value);
}

function allowedAccount({ allowed_account_ids: ids }: JsonObject): string | null {
  const [account, ...more] = texts(asObject(ids)?.constant_value);
  return account !== undefined && more.length === 0 && matches("accountId", account) ? account : null;
}

/** Accounts that ARNs in the state give away, by identity: what Terraform manages is in the account it reaches. */
function accountsSeen(
  plan: Plan,
  identityIn: (change: Pick<ResourceChange, "address" | "provider">) => Identity,
) {
  const own = new Map<string, Set<string>>();
  const organization = new Map<string, Set<string>>();
  const note = (to: Map<string, Set<string>>, key: string, account: string | null) => {
    if (account !== null && matches("accountId", account))
      to.set(key, (to.get(key) ?? new Set()).add(account));
  };
  for (const resource of plan.state) {
    if (!resource.isData || resource.type !== "aws_caller_identity") continue;
    note(own, identityIn(resource).key, text(resource.values.account_id));
  }
  for (const change of plan.changes) {
    const account = accountInArn(text(change.before?.arn));
    const isOrganizations = change.type.includes("_organizations_");
    if (isOrganizations) continue;
    const isOrganizationTrail = change.before?.is_organization_trail === true;
    note(isOrganizationTrail ? organization : own, identityIn(change).key, account);
  }
  return { own, organization };
}

function only(accounts: ReadonlySet<string> | undefined): string | null {
  const [account, ...more] = accounts ?? [];
  return account !== undefined && more.length === 0 ? account : null;
}
