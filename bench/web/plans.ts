import { readFileSync, statSync } from "node:fs";
import pg from "pg";
import { appRole } from "@/lib/installation/roles";

/** A statement as PostgreSQL ran it. */
interface RanStatement {
  readonly text: string;
  readonly ms: number;
  /** Tables that were read from beginning to end. */
  readonly whole: readonly string[];
  /** Rows read by one node of the plan at most, those that were read for nothing included. */
  readonly rows: number;
}

interface Node {
  readonly "Node Type": string;
  readonly "Relation Name"?: string;
  readonly "Actual Rows"?: number;
  readonly "Actual Loops"?: number;
  readonly "Rows Removed by Filter"?: number;
  readonly Plans?: readonly Node[];
}

const settings = {
  session_preload_libraries: "auto_explain",
  "auto_explain.log_min_duration": "0",
  "auto_explain.log_analyze": "on",
  "auto_explain.log_timing": "off",
  "auto_explain.log_format": "json",
} as const;

/** While `work` runs, new connections of the product's role write the plan of each of their statements to the log. */
export async function explaining<T>(adminUrl: string, work: () => Promise<T>): Promise<T> {
  const alter = async (change: (name: string, value: string) => string) => {
    const client = new pg.Client({ connectionString: adminUrl });
    await client.connect();
    try {
      // The settings are known once the library is loaded.
      await client.query("LOAD 'auto_explain'");
      for (const [name, value] of Object.entries(settings)) await client.query(change(name, value));
    } finally {
      await client.end();
    }
  };
  await alter((name, value) => `ALTER ROLE ${appRole} SET ${name} = '${value}'`);
  try {
    return await work();
  } finally {
    await alter((name) => `ALTER ROLE ${appRole} RESET ${name}`);
  }
}

/** The statements that the log tells of since it had that size. */
export function statementsSince(log: string, size: number): RanStatement[] {
  const added = readFileSync(log).subarray(size).toString("utf8");
  return added.split(/^(?=\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)/m).flatMap((entry): RanStatement[] => {
    const found = /duration: ([\d.]+) ms {2}plan:\s*(\{[\s\S]*\})\s*$/.exec(entry);
    if (!found) return [];
    const { "Query Text": text, Plan } = JSON.parse(found[2] ?? "") as { "Query Text": string; Plan: Node };
    const nodes = nodesOf(Plan);
    return [
      {
        text: text.replace(/\s+/g, " ").trim(),
        ms: Number(found[1]),
        whole: nodes.flatMap((node) =>
          node["Node Type"] === "Seq Scan" ? (node["Relation Name"] ?? []) : [],
        ),
        rows: Math.max(...nodes.map(rowsOf)),
      },
    ];
  });
}

export function sizeOf(log: string): number {
  return statSync(log).size;
}

function nodesOf(node: Node): Node[] {
  return [node, ...(node.Plans ?? []).flatMap(nodesOf)];
}

function rowsOf(node: Node): number {
  const loops = node["Actual Loops"] ?? 1;
  return loops * ((node["Actual Rows"] ?? 0) + (node["Rows Removed by Filter"] ?? 0));
}

/** Tables with row-level security that hold more than a page or two: reading those whole is never the best plan. */
export async function tenantTables(adminUrl: string): Promise<ReadonlySet<string>> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>(
      "SELECT relname AS name FROM pg_class WHERE relrowsecurity AND relkind = 'r' AND relpages > 10",
    );
    return new Set(rows.map(({ name }) => name));
  } finally {
    await client.end();
  }
}
