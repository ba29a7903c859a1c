import type pg from "pg";
import type { Evaluation } from "@/lib/checks/evaluation";
import { checks, findCheck } from "@/lib/checks/registry";
import { canonicalJson, sha256OfText } from "@/lib/evidence/canonical-json";
import { noCauseRank } from "@/lib/findings/cause-states";
import { blindRegionsOf, causeOf } from "@/lib/findings/causes";
import { regionCounts } from "@/lib/findings/region-counts";
import { packResults } from "@/lib/findings/stored-evaluation";
import { packJson } from "@/lib/history/packed-json";
import { packRegions } from "@/lib/snapshots/packed-regions";
import { type CoverageState, coverageStates, judgmentOf, type RegionDay } from "@/lib/snapshots/region-time";
import { type Example, makeExamples } from "./examples";

const secondsOfDay = 86_400;
const slots = 10_000;

/** The id of a key, always the same: in the form of a random one (version 4), as ids are checked for. */
export const idFunction = `CREATE OR REPLACE FUNCTION pg_temp.id(key text) RETURNS uuid LANGUAGE sql IMMUTABLE AS
  $$ SELECT overlay(overlay(md5(key) PLACING '4' FROM 13) PLACING '8' FROM 17)::uuid $$`;

/** The examples' places, each as often as ten thousand accounts have it: what a roll of the dice picks from. */
export interface Dice {
  readonly examples: readonly number[];
  /** What an account was before it was in order, and before it was not. */
  readonly failing: number;
  readonly passing: number;
}

/**
 * Makes the session's own tables: what the checks say of each example, and what is made of a batch of organizations on
 * its way into the product's tables. Answers which example an account may be.
 */
export async function makeTables(client: pg.ClientBase): Promise<Dice> {
  const examples = makeExamples();
  await client.query(`
    CREATE FUNCTION pg_temp.roll(key text, below int) RETURNS int LANGUAGE sql IMMUTABLE AS
      $$ SELECT ((hashtextextended(key, 26) & 9007199254740991) % below)::int $$;
    ${idFunction};
    CREATE TEMP TABLE load_organization (
      number int PRIMARY KEY, tenant_id uuid, slug text, accounts int, scheduled int, findings int, days int, before int,
      members uuid[]);
    CREATE TEMP TABLE load_account (
      tenant_id uuid, organization int, id uuid, n int, key text, name text, environment text, example int,
      is_scheduled bool, is_disconnected bool, first_scan uuid, last_scan uuid, turned_at timestamptz,
      last_at timestamptz);
    CREATE TEMP TABLE load_finding (
      tenant_id uuid, organization int, id uuid, account_id uuid, check_id text, n int, key text, example int, decided int,
      was int, environment text, observation text, severity text, episode int, comebacks int, number int, status text,
      owner_id uuid, due_at timestamptz, due_set_by text, turned_at timestamptz, last_at timestamptz, first_scan uuid,
      last_scan uuid, is_scheduled bool)`);
  await client.query(
    `CREATE TEMP TABLE load_example AS
     SELECT r.example, r.place, r.check_id, r.check_version, r.verdict, r.reason, r.severity, r.assurance, r.disposition,
            decode(r.sha256, 'hex') AS sha256, r.short, r.region_counts, r.blind_regions, r.cause, r.cause_rank,
            r.has_regions, r.is_silent, r.states, decode(r.day, 'base64') AS day
     FROM json_to_recordset($1::json) AS r(
       example int, place int, check_id text, check_version int, verdict text, reason text, severity text, assurance text,
       disposition text, sha256 text, short text, region_counts smallint[], blind_regions text[], cause text,
       cause_rank smallint, has_regions bool, is_silent bool, states smallint[], day text)`,
    [JSON.stringify(examples.flatMap(judgedRows))],
  );
  await client.query("CREATE UNIQUE INDEX ON load_example (example, check_id)");
  const packed = examples.map(({ facts, said }) => ({ facts, ...packResults(said) }));
  const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64");
  await client.query(
    `CREATE TEMP TABLE load_packed AS
     SELECT r.example, decode(r.facts, 'base64') AS facts, decode(r.results, 'base64') AS results
     FROM json_to_recordset($1::json) AS r(example int, facts text, results text)`,
    [
      JSON.stringify(
        packed.map(({ facts, results }, example) => ({
          example,
          facts: base64(packJson(facts)),
          results: base64(results),
        })),
      ),
    ],
  );
  await client.query(
    `CREATE TEMP TABLE load_change AS
     SELECT DISTINCT r.example, decode(r.hash, 'hex') AS hash, decode(r.body, 'base64') AS body
     FROM json_to_recordset($1::json) AS r(example int, hash text, body text)`,
    [
      JSON.stringify(
        packed.flatMap(({ changes }, example) =>
          changes.map(({ hash, text }) => ({ example, hash, body: base64(packJson(text)) })),
        ),
      ),
    ],
  );
  await client.query("ANALYZE load_example, load_packed, load_change");
  return diceOf(examples);
}

function diceOf(examples: readonly Example[]): Dice {
  const all = examples.flatMap(({ weight }, example) => Array.from({ length: weight }, () => example));
  if (all.length !== slots)
    throw new Error(`The weights of the examples add up to ${all.length}, not ${slots}.`);
  const first = (verdict: string) =>
    examples.findIndex(({ said }) => said.every(({ evaluation }) => evaluation.verdict === verdict));
  return { examples: all, passing: first("PASS"), failing: first("FAIL") };
}

function judgedRows({ said, facts }: Example, example: number) {
  return said.map(({ evaluation, description }) => {
    const cause = causeOf(evaluation);
    const [judged, words] = [canonicalJson(evaluation), canonicalJson(description)];
    return {
      example,
      place: checks.findIndex(({ id }) => id === evaluation.checkId),
      check_id: evaluation.checkId,
      check_version: evaluation.checkVersion,
      verdict: evaluation.verdict,
      reason: evaluation.reason,
      severity: evaluation.severity,
      assurance: evaluation.assurance,
      disposition: evaluation.disposition,
      sha256: sha256OfText(`{"description":${words},"evaluation":${judged},"facts":${facts}}`),
      short: description.short,
      region_counts: regionCounts(evaluation),
      blind_regions: blindRegionsOf(evaluation),
      cause: cause?.id ?? null,
      cause_rank: cause?.rank ?? noCauseRank,
      has_regions: findCheck(evaluation.checkId)?.hasRegionVerdicts ?? false,
      is_silent: findCheck(evaluation.checkId)?.failsSilently?.(evaluation) ?? null,
      states: coverageStates.map(
        (state) => [...regionsOf(evaluation).values()].filter((one) => one === state).length,
      ),
      day: Buffer.from(packRegions(dayOf(evaluation))).toString("base64"),
    };
  });
}

/** How many Regions are in each state while that is said; the whole account counts as one. */
function regionsOf(evaluation: Evaluation): ReadonlyMap<string, CoverageState> {
  return judgmentOf(new Date(0), evaluation).regions;
}

/** A whole day in which nothing changed, Region by Region. */
function dayOf(evaluation: Evaluation): Map<string, RegionDay> {
  const none = { covered: 0, partial: 0, uncovered: 0, unknown: 0 };
  return new Map(
    [...regionsOf(evaluation)].map(([name, state]) => [
      name,
      { end: state, seconds: { ...none, [state]: secondsOfDay } },
    ]),
  );
}
