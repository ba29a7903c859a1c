/**
 * The dependency rule of docs/architecture.md as one table, from which biome.json gets its import rules: there
 * an override replaces what is above it, so every folder would repeat every pattern. `npm run rules` writes them;
 * scripts/import-rules.test.ts holds biome.json to this table and shows every rule a violation.
 */
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";

const bans = {
  upward: [["../**"], "Across folders write '@/…'; relative paths only inside one folder or to a child."],
  sandbox: [
    ["@/sandbox/**"],
    "Product code does not know that the sandbox exists; only tests, benches and bin may start it.",
  ],
  sdk: [["@aws-sdk/**", "@smithy/**"], "lib/aws is the only importer of the AWS SDK."],
  prisma: [
    ["@prisma/**", "pg", "@/lib/db/generated/**"],
    "Only lib/db talks to Prisma; everyone else goes through withTenant or lib/db/system.",
  ],
  rawClient: [
    ["@/lib/db/client", "@/lib/db/reader"],
    "The raw client is for lib/db, lib/tenancy and lib/auth; take a TenantDb from withTenant.",
  ],
  nextAuth: [
    ["next-auth", "next-auth/**"],
    "Only lib/auth and its route handler know next-auth; ask currentSession().",
  ],
  queue: [
    ["bullmq", "ioredis"],
    "The queue is reached through lib/work-items (producers) and workers (consumers).",
  ],
  doors: [
    ["@/app/**", "@/cli/**", "@/workers/**", "@/components/**"],
    "lib is below app, cli, workers and components: imports point down only.",
  ],
  http: [["@/lib/http/**"], "lib/http is the web's doorway; use cases know nothing of requests."],
  next: [["next", "next/**", "server-only"], "This folder also runs outside Next.js (worker, tests)."],
  link: [
    ["next/link"],
    "components/ui/link is the product's link: the framework's own reads every page ahead that it points at.",
  ],
  scans: [
    ["@/lib/scans/**", "!@/lib/scans/scan-states"],
    "scans may call the other features, they not scans.",
  ],
  aws: [["@/lib/aws/**"], "Only accounts, scans and runs talk to lib/aws."],
  auth: [["@/lib/auth/**"], "Only require-tenant.ts asks who is signed in."],
  oneDoor: [
    ["@prisma/**", "pg", "@/lib/db/**", "@/lib/installation/**"],
    "Pages and routes call use cases; the database has one door, and it is not here.",
  ],
  awsIsWork: [["@/lib/aws/**"], "Pages and API never call AWS: AWS work is a job."],
  platforms: [
    [
      ...["node:*", "@aws-sdk/**", "@smithy/**", "@prisma/**", "pg", "next", "next/**", "react", "react/**"],
      ...["react-dom", "react-dom/**", "server-only", "pino", "bullmq", "ioredis"],
    ],
    "lib/checks is pure: facts in, verdicts out. No SDK, database, clock, file system or framework.",
  ],
};

/** No code of the product but these. */
const only = (message, ...allowed) => [
  ["@/**", ...allowed.flatMap((path) => [`!${path}`, `!${path}/**`])],
  message,
];
const onlyOfLib = (message, ...allowed) => [
  ["@/lib/**", ...allowed.flatMap((path) => [`!${path}`, `!${path}/**`])],
  message,
];
const base = ["upward", "sandbox", "sdk", "prisma", "nextAuth", "queue"];
const lib = [...base, "doors", "http"];
const feature = [...lib, "next", "rawClient"];
const features = ["accounts", "scans", "findings", "organizations", "members", "tokens"].map(
  (name) => `@/lib/${name}/**`,
);
const ground = [
  "@/lib/env",
  "@/lib/errors",
  "@/lib/line-budget",
  "@/lib/logger",
  "@/lib/redact",
  "@/lib/text",
  "@/lib/words",
];
const without = (list, ...ids) => list.filter((id) => !ids.includes(id));

/** Folders, each with what it may not import: names of bans, or a ban of its own. Later ones win. */
const rooms = [
  [
    ["lib/checks/**"],
    [
      "upward",
      only(
        "lib/checks is pure: it imports itself, lib/words and lib/text alone, so that it also runs in the browser.",
        "@/lib/checks",
        "@/lib/words",
        "@/lib/text",
      ),
      "platforms",
    ],
  ],
  [
    ["lib/offline/**"],
    [
      "upward",
      only(
        "lib/offline judges what people paste, in the browser too: it imports checks alone.",
        "@/lib/offline",
        "@/lib/checks",
        "@/lib/words",
        "@/lib/text",
      ),
      "platforms",
    ],
  ],
  [
    ["lib/aws/**"],
    [
      ...without(base, "sdk"),
      "doors",
      "next",
      onlyOfLib(
        "lib/aws turns AWS into facts: it may not judge, store, or know an organization.",
        "@/lib/aws",
        "@/lib/checks",
        ...ground,
      ),
    ],
  ],
  [
    ["lib/db/**"],
    [
      ...without(base, "prisma", "queue"),
      "doors",
      "next",
      onlyOfLib(
        "lib/db is at the bottom: it imports Prisma and env, and no other code of the product.",
        "@/lib/db",
        ...ground,
      ),
    ],
  ],
  [
    ["lib/installation/**"],
    [
      ...without(base, "prisma", "queue"),
      "doors",
      "next",
      onlyOfLib(
        "lib/installation prepares a database; the product's own code is not needed for that.",
        "@/lib/installation",
        "@/lib/db",
        ...ground,
      ),
    ],
  ],
  [
    ["lib/evidence/**", "lib/paging/**", "lib/input/**"],
    [
      ...lib,
      "next",
      onlyOfLib("This folder is at the bottom.", "@/lib/evidence", "@/lib/paging", "@/lib/input", ...ground),
    ],
  ],
  [
    ["lib/tenancy/**", "!lib/tenancy/require-tenant.ts"],
    [
      ...without(lib, "prisma"),
      "next",
      "auth",
      [[...features, "@/lib/aws/**", "@/lib/work-items/**"], "The door knows no features: they build on it."],
    ],
  ],
  [
    ["lib/tenancy/require-tenant.ts"],
    [
      ...without(lib, "prisma"),
      [[...features, "@/lib/aws/**", "@/lib/work-items/**"], "The door knows no features: they build on it."],
    ],
  ],
  [
    ["lib/auth/**"],
    [
      ...without(base, "nextAuth"),
      "doors",
      [
        [...features, "@/lib/tenancy/**", "@/lib/aws/**", "@/lib/work-items/**"],
        "lib/auth says who someone is; it knows no tenant and no feature.",
      ],
    ],
  ],
  [
    ["lib/work-items/**"],
    [
      ...without(feature, "queue"),
      [
        [...features, "@/lib/aws/**", "@/lib/auth/**"],
        "lib/work-items holds what a kind of work is and its queue; the kinds live in their features.",
      ],
    ],
  ],
  [
    ["lib/inbox/**"],
    [...feature, "aws", "auth", [features, "Features put items into the inbox; it knows none of them."]],
  ],
  [
    ["lib/history/**", "lib/runs/**", "lib/retention/**"],
    [...feature, [features, "Features build on runs and history, not these on them."]],
  ],
  [
    ["lib/http/**"],
    [
      ...without(base, "nextAuth"),
      "doors",
      "rawClient",
      "nextAuth",
      [[...features, "@/lib/aws/**"], "The two wrappers know no feature: the route hands them its use case."],
    ],
  ],
  [["lib/scans/**"], feature],
  [["lib/accounts/**"], [...feature, "scans"]],
  [["lib/findings/**"], [...feature, "aws", "scans"]],
  [["lib/snapshots/**"], [...feature, "aws", "scans"]],
  [["lib/dashboard/**"], [...feature, "aws", "scans"]],
  [
    ["lib/organizations/**", "lib/members/**", "lib/tokens/**"],
    [
      ...feature,
      "aws",
      [
        ["@/lib/accounts/**", "@/lib/scans/**", "@/lib/findings/**"],
        "Organizations, members and tokens are below accounts, scans and findings.",
      ],
    ],
  ],
  [
    ["app/**", "proxy.ts", "!app/api/auth/**"],
    [
      ...["sandbox", "sdk", "queue", "oneDoor", "awsIsWork"],
      [["@/workers/**", "@/bin/**", "@/cli/**"], "app, cli and workers are side by side."],
      "nextAuth",
      "link",
    ],
  ],
  [
    ["app/api/auth/**"],
    [
      ...["sandbox", "sdk", "queue", "oneDoor", "awsIsWork"],
      [["@/workers/**", "@/bin/**", "@/cli/**"], "app, cli and workers are side by side."],
    ],
  ],
  [
    ["components/**"],
    [
      ...["sandbox", "sdk", "prisma", "nextAuth", "queue"],
      "link",
      [["@/app/**", "@/workers/**", "@/bin/**", "@/cli/**"], "Components are below app."],
      [
        [
          ...[
            "@/lib/**",
            "!@/lib/checks",
            "!@/lib/checks/**",
            "!@/lib/offline",
            "!@/lib/offline/**",
            "!@/lib/*",
          ],
          ...["!@/lib/*/*-view", "!@/lib/*/*-states", "!@/lib/*/lifecycle", "!@/lib/*/lifecycle/states"],
        ],
        "Components may read checks, the *-view types and the *-states words, and nothing else of lib.",
      ],
      [
        ["@/lib/env", "@/lib/logger", "@/lib/errors"],
        "Components may read checks, the *-view types and the *-states words, and nothing else of lib.",
      ],
    ],
  ],
  [
    ["workers/**"],
    [
      ...without(base, "queue"),
      "rawClient",
      "next",
      "http",
      [["@/app/**", "@/cli/**", "@/components/**"], "app, cli and workers are side by side."],
    ],
  ],
  [
    ["cli/**"],
    [
      ...base,
      "rawClient",
      "next",
      "http",
      [["@/app/**", "@/workers/**", "@/components/**"], "app, cli and workers are side by side."],
    ],
  ],
  [
    ["sandbox/**"],
    [
      [
        ["@/**", "!@/sandbox", "!@/sandbox/**", "../lib/**", "../../lib/**", "../../../lib/**"],
        "The sandbox imports nothing of the product, so that it stays an independent witness.",
      ],
    ],
  ],
];

const rule = (list) => ({
  level: "error",
  options: {
    patterns: list.map((entry) => {
      const [group, message] = typeof entry === "string" ? bans[entry] : entry;
      return { group, message };
    }),
  },
});

/** The parsed biome.json with its import rules written from the table. */
export function withImportRules(config) {
  const others = config.overrides.filter(
    ({ linter }) => typeof linter?.rules?.style?.noRestrictedImports !== "object",
  );
  const { linter } = config;
  const style = { ...linter.rules.style, noRestrictedImports: rule(base) };
  return {
    ...config,
    linter: { ...linter, rules: { ...linter.rules, style } },
    overrides: [
      ...rooms.map(([includes, list]) => ({
        includes,
        linter: { rules: { style: { noRestrictedImports: rule(list) } } },
      })),
      ...others,
    ],
  };
}

if (process.argv[1]?.endsWith("import-rules.mjs")) {
  const config = JSON.parse(readFileSync("biome.json", "utf8"));
  writeFileSync("biome.json", JSON.stringify(withImportRules(config), null, 2));
  spawnSync(process.execPath, ["node_modules/@biomejs/biome/bin/biome", "format", "--write", "biome.json"], {
    stdio: "inherit",
  });
}
