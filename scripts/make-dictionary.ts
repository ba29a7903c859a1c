/**
 * Makes a dictionary for packed JSON (lib/history/dictionary-N.ts): the pieces of text that the calls, facts and
 * results of different accounts have in common, the most valuable last, where deflate reaches them most cheaply. A
 * dictionary that has been released is never written again, because what was packed with it needs it: a new one
 * gets the next number.
 *
 *   node --import ./scripts/ready.mjs scripts/make-dictionary.ts 2
 */
import { existsSync, writeFileSync } from "node:fs";
import { deflateRawSync } from "node:zlib";
import { scanAccount } from "@/lib/aws/scan-account";
import { CallLimiter } from "@/lib/aws/wire/limiter";
import { defaultRegions } from "@/lib/checks/regions";
import { checks } from "@/lib/checks/registry";
import { canonicalJson } from "@/lib/evidence/canonical-json";
import { entryOf } from "@/lib/runs/call-entry";
import { judgingOf } from "@/lib/scans/judging";
import { startSandbox } from "@/sandbox/server";
import type { CaseSpec } from "@/sandbox/world/world-file";
import { demoWorld } from "@/sandbox/worlds/demo";

/** With the text to pack it stays within deflate's window of 32 KiB. */
const mostBytes = 20_000;

const number = process.argv[2] ?? "";
const file = `lib/history/dictionary-${number}.ts`;
if (!/^[1-9]\d*$/.test(number) || existsSync(file)) {
  console.error("Give the number of a dictionary that does not exist yet.");
  process.exit(64);
}

function plain(id: string, trails: CaseSpec["trails"]): CaseSpec {
  const regions = defaultRegions("aws").map((name) => ({ name, optInStatus: "opt-in-not-required" }));
  return { account: { id }, regions, trails, roles: [{ name: "PosturioReadOnly" }] } as CaseSpec;
}

const status = { isLogging: true, startLoggingTime: "-90d", latestDeliveryTime: "-5m" };
const trail = { name: "audit", homeRegion: "us-east-1", includeGlobalServiceEvents: true, status };
const demo = demoWorld();
const accounts = [
  ...demo.accounts.map((spec) => ({ ...spec, roles: [{ name: "PosturioReadOnly" }] })),
  plain("100000000001", [{ ...trail, isMultiRegion: true }]),
  plain("100000000002", [{ ...trail, isMultiRegion: false }]),
  plain("100000000003", [{ ...trail, isMultiRegion: true, status: { ...status, isLogging: false } }]),
  plain("100000000004", []),
];

const sandbox = await startSandbox({ world: { ...demo, accounts } });
const texts: string[] = [];
for (const { account } of accounts) {
  const role = { arn: `arn:aws:iam::${account.id}:role/PosturioReadOnly`, externalId: "pst_x" };
  const basis = { id: "", awsAccountId: account.id, partition: "aws", name: "account", role } as const;
  const { collection, judging, evaluations } = await scanAccount({
    account: { id: account.id, partition: "aws" },
    role,
    sessionName: "posturio",
    checks,
    signal: new AbortController().signal,
    endpoint: sandbox.url,
    limiter: new CallLimiter(),
    baseCredentials: async () => ({ accessKeyId: "AKIA999999999999SCAN", secretAccessKey: "x" }),
    judging: (read) =>
      judgingOf(
        {
          account: basis,
          firstSeen: new Map(),
          knownActivity: {},
          awsOrganizations: [],
          lastAwsOrganization: undefined,
        },
        read,
        new Date().toISOString(),
      ),
  });
  const entries = evaluations.map(({ check, evaluation }) => ({
    evaluation,
    description: {
      ...check.describe(evaluation, collection.facts, { ...judging.context, accountName: "account" }),
      change: null,
    },
  }));
  texts.push(
    JSON.stringify(collection.calls.map((call) => entryOf(call, 0).entry)),
    canonicalJson({ facts: collection.facts, context: judging.context }),
    JSON.stringify(entries),
  );
}
await sandbox.close();

/** Hashes, durations and names of the samples: that they are alike is chance. */
const chance = /[0-9a-f]{32}|durationMs|acme|\d{12}/;

/** In how many of the texts each piece occurs. */
const found = new Map<string, number>();
for (const text of texts) {
  for (const piece of new Set(text.split(/(?<=[,{[])/))) found.set(piece, (found.get(piece) ?? 0) + 1);
}
const valuable = [...found]
  .filter(([piece, count]) => piece.length >= 6 && count >= 3 && !chance.test(piece))
  .sort(([a, m], [b, n]) => n * b.length - m * a.length || (a < b ? -1 : 1));
let dictionary = "";
for (const [piece] of valuable) {
  if (dictionary.length + piece.length <= mostBytes) dictionary = piece + dictionary;
}
writeFileSync(
  file,
  `/** Made by scripts/make-dictionary.ts. Never change it: what was packed with it needs it. */\nexport const dictionary${number} =\n  ${JSON.stringify(dictionary)};\n`,
);
const size = (pack: (text: string) => Buffer) => texts.reduce((sum, text) => sum + pack(text).length, 0);
const [without, withIt] = [
  size((text) => deflateRawSync(text)),
  size((text) => deflateRawSync(text, { dictionary: Buffer.from(dictionary) })),
];
console.log(
  `${file}: ${dictionary.length} bytes; packed texts ${without} bytes without it, ${withIt} with it.`,
);
