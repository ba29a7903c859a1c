import { afterAll, beforeAll, expect, it } from "vitest";
import { scanAccount } from "@/lib/aws/scan-account";
import { CallLimiter } from "@/lib/aws/wire/limiter";
import type { EvaluationContext } from "@/lib/checks/evaluation-context";
import type { Facts } from "@/lib/checks/facts/facts";
import { type RelatedFacts, relatedFacts } from "@/lib/checks/facts/related-facts";
import { checks, findCheck } from "@/lib/checks/registry";
import { canonicalJson } from "@/lib/evidence/canonical-json";
import { type Sandbox, startSandbox } from "@/sandbox/server";
import { demoAccounts, demoRoleName, demoWorld } from "@/sandbox/worlds/demo";
import { judgingOf } from "./judging";

const threeDays = 3 * 86_400_000;
const organizationId = demoWorld().organization?.id ?? "";
let sandbox: Sandbox;
let related: RelatedFacts | undefined;

beforeAll(async () => {
  const world = demoWorld();
  // Anybody may assume the roles here; what they allow stays as the demo has it.
  const accounts = world.accounts.map((spec) => ({
    ...spec,
    roles: [{ name: demoRoleName, ...(spec.roles?.[0]?.actions ? { actions: spec.roles[0].actions } : {}) }],
  }));
  sandbox = await startSandbox({ world: { ...world, accounts } });
  related = relatedFacts(demoAccounts.management, (await scan(demoAccounts.management)).collection.facts);
});

afterAll(() => sandbox?.close());

/**
 * Every other look at the clock finds it three days on, when deliveries look stale: an evaluation that looked for
 * itself would differ from one that did not.
 */
async function scan(id: string) {
  const start = Date.now();
  let looks = 0;
  const account = { id: "", awsAccountId: id, partition: "aws", name: "acme" } as const;
  const role = { arn: `arn:aws:iam::${id}:role/${demoRoleName}`, externalId: "pst_test" };
  const awsOrganizations = related ? [{ organizationId, related }] : [];
  const firstSeen = new Map([
    ["read:regions", "2026-01-01T00:00:00.000Z"],
    ["read:trails:us-east-1", "2026-01-01T00:00:00.000Z"],
  ]);
  const knownActivity = { "us-east-1": new Date(start - threeDays / 2).toISOString() };
  return scanAccount({
    account: { id, partition: "aws" },
    role,
    sessionName: "posturio-test",
    checks,
    signal: new AbortController().signal,
    endpoint: sandbox.url,
    limiter: new CallLimiter(),
    baseCredentials: async () => ({ accessKeyId: "AKIA999999999999SCAN", secretAccessKey: "x" }),
    judging: (collection) =>
      judgingOf(
        {
          account: { ...account, role },
          firstSeen,
          knownActivity,
          awsOrganizations,
          lastAwsOrganization: undefined,
        },
        collection,
        new Date(start + (looks++ % 2) * threeDays).toISOString(),
      ),
  });
}

/** PostgreSQL keeps the members of a jsonb object by length and then by bytes, whatever order they came in. */
function asInJsonb(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const inOrder = ([a]: [string, unknown], [b]: [string, unknown]) => a.length - b.length || (a < b ? -1 : 1);
  return Object.fromEntries(Object.entries(value).sort(inOrder));
}

it.each(Object.entries(demoAccounts))(
  "%s: the stored facts in the stored context give the stored result, byte for byte",
  async (_name, id) => {
    const { collection, judging, evaluations } = await scan(id);
    expect(collection.connectionFailure).toBeUndefined();
    expect(evaluations).toHaveLength(checks.length);
    const stored = canonicalJson({ facts: collection.facts, context: judging.context });
    const read = JSON.parse(stored, asInJsonb) as { facts: Partial<Facts>; context: EvaluationContext };
    for (const { check, evaluation } of evaluations) {
      const again = findCheck(check.id)?.evaluate(read.facts, read.context);
      expect(canonicalJson(again)).toBe(canonicalJson(evaluation));
      const words = (facts: Partial<Facts>, context: EvaluationContext) =>
        canonicalJson(check.describe(evaluation, facts, { ...context, accountName: "acme" }));
      expect(words(read.facts, read.context)).toBe(words(collection.facts, judging.context));
    }
  },
);

it("what the evaluations were given cannot change any more", async () => {
  const { judging } = await scan(demoAccounts.prod);
  expect(Object.isFrozen(judging.context)).toBe(true);
  expect(Object.isFrozen(judging.context.sightings)).toBe(true);
});
