import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlMigrationAwareDriverAdapterFactory,
} from "@prisma/driver-adapter-utils";
import * as bindings from "@prisma/schema-engine-wasm/schema_engine_bg";
import type { Pool } from "pg";
import { withClient } from "@/lib/db/with-client";

const noFilters = { externalTables: [], externalEnums: [] };

/** Parts of the engine that are used here; its own types describe the rest. */
type Engine = {
  applyMigrations(input: object): Promise<{ appliedMigrationNames: string[] }>;
  diff(input: object): Promise<{ stdout: string | null }>;
  free(): void;
};

let instantiated: Promise<void> | undefined;

/** The package expects a bundler that imports WASM as a module; Node instantiates it by hand. */
async function instantiate(): Promise<void> {
  const require = createRequire(import.meta.url);
  const folder = dirname(require.resolve("@prisma/schema-engine-wasm/schema_engine_bg"));
  const bytes = await readFile(join(folder, "schema_engine_bg.wasm"));
  const { instance } = await WebAssembly.instantiate(bytes, {
    "./schema_engine_bg.js": bindings as unknown as WebAssembly.ModuleImports,
  });
  bindings.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
}

async function withEngine<T>(
  database: SqlMigrationAwareDriverAdapterFactory,
  datamodels: [string, string][] | undefined,
  work: (engine: Engine) => Promise<T>,
): Promise<T> {
  instantiated ??= instantiate();
  await instantiated;
  const factory = bindMigrationAwareSqlAdapterFactory(database);
  const engine = (await bindings.SchemaEngine.new(
    { datamodels },
    () => undefined,
    factory,
  )) as unknown as Engine;
  try {
    return await work(engine);
  } finally {
    engine.free();
  }
}

export type Migration = { name: string; sql: string };

/**
 * The adapter would cut a script at every semicolon and send the pieces over several connections. Here a script is
 * one message on one connection, hence one transaction, and the ledger entry is finished inside it: a process killed
 * at any instant leaves a migration wholly applied or not at all.
 */
class WholeScripts extends PrismaPg {
  readonly pools: Pool[] = [];
  /** What PostgreSQL said; the engine would tell "external connector error". */
  failure: Error | undefined;

  override async connect() {
    const adapter = await super.connect();
    const pool = adapter.underlyingDriver();
    this.pools.push(pool);
    adapter.executeScript = async (script) => {
      const finish = `UPDATE "_prisma_migrations" SET "finished_at" = now() WHERE ${unfinished}`;
      try {
        await pool.query(`${script}\n;\n${finish}`);
      } catch (error) {
        this.failure = error as Error;
        throw error;
      }
    };
    return adapter;
  }

  /** The engine leaves its connection, and with it its lock on the database, to the idle timeout. */
  async close(): Promise<void> {
    await Promise.all(this.pools.map((pool) => pool.end()));
  }
}

const unfinished = `"finished_at" IS NULL AND "rolled_back_at" IS NULL`;

/**
 * Applies the migrations that the database has not seen, in order, and keeps Prisma's ordinary ledger
 * (`_prisma_migrations`). Answers the names just applied. One that failed earlier was rolled back whole, so it is
 * marked so and tried again.
 */
export async function applyMigrations(ownerUrl: string, migrations: readonly Migration[]): Promise<string[]> {
  const migrationsList = {
    baseDir: "prisma/migrations",
    lockfile: { path: "migration_lock.toml", content: 'provider = "postgresql"\n' },
    shadowDbInitScript: "",
    migrationDirectories: migrations.map(({ name, sql }) => ({
      path: name,
      migrationFile: { path: "migration.sql", content: { tag: "ok", value: sql } },
    })),
  };
  await withClient(ownerUrl, async (client) => {
    const { rows } = await client.query(
      "SELECT to_regclass('public._prisma_migrations') IS NOT NULL AS found",
    );
    if (rows[0]?.found) {
      await client.query(`UPDATE "_prisma_migrations" SET "rolled_back_at" = now() WHERE ${unfinished}`);
    }
  });
  const database = new WholeScripts({ connectionString: ownerUrl, max: 1 });
  try {
    return await withEngine(database, undefined, async (engine) => {
      const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList, filters: noFilters });
      return appliedMigrationNames;
    });
  } catch (error) {
    if (database.failure === undefined) {
      throw error;
    }
    const migration = /migration_name="([^"]+)"/.exec(String(error))?.[1];
    throw new Error(`Migration ${migration} failed and was undone: ${database.failure.message}`, {
      cause: error,
    });
  } finally {
    await database.close();
  }
}

/** The engine connects when it is made, even for a diff of two files, which then asks the database nothing. */
const noDatabase = {
  provider: "postgres",
  adapterName: "none",
  connect: async () => ({
    provider: "postgres",
    adapterName: "none",
    queryRaw: async () => ({ columnNames: [], columnTypes: [], rows: [] }),
    executeRaw: async () => 0,
    executeScript: async () => undefined,
    startTransaction: async () => {
      throw new Error("A schema diff needs no transaction");
    },
    getConnectionInfo: () => ({ schemaName: "public", supportsRelationJoins: true }),
    dispose: async () => undefined,
  }),
  connectToShadowDb: async () => {
    throw new Error("A schema diff needs no shadow database");
  },
} as unknown as SqlMigrationAwareDriverAdapterFactory;

/** SQL that leads from one schema.prisma to another (from nothing when `from` is null). Needs no database. */
export async function diffSchemas(from: string | null, to: string): Promise<string> {
  const target = (content: string) => ({
    tag: "schemaDatamodel",
    files: [{ path: "schema.prisma", content }],
    configDir: "prisma",
  });
  return withEngine(noDatabase, [["schema.prisma", to]], async (engine) => {
    const { stdout } = await engine.diff({
      from: from === null ? { tag: "empty" } : target(from),
      to: target(to),
      script: true,
      exitCode: null,
      filters: noFilters,
    });
    return stdout ?? "";
  });
}
