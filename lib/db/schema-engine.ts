import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlMigrationAwareDriverAdapterFactory,
} from "@prisma/driver-adapter-utils";
import * as bindings from "@prisma/schema-engine-wasm/schema_engine_bg";

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
  (instance.exports["__wbindgen_start"] as () => void)();
}

async function withEngine<T>(
  database: SqlMigrationAwareDriverAdapterFactory,
  datamodels: [string, string][] | undefined,
  work: (engine: Engine) => Promise<T>,
): Promise<T> {
  instantiated ??= instantiate();
  await instantiated;
  const factory = bindMigrationAwareSqlAdapterFactory(database);
  const engine = (await bindings.SchemaEngine.new({ datamodels }, () => undefined, factory)) as unknown as Engine;
  try {
    return await work(engine);
  } finally {
    engine.free();
  }
}

export type Migration = { name: string; sql: string };

/**
 * Applies the migrations that the database has not seen, in order, and keeps Prisma's ordinary ledger
 * (`_prisma_migrations`). Answers the names just applied. Rejects when a recorded migration was edited or failed.
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
  const database = new PrismaPg({ connectionString: ownerUrl, max: 2 });
  return withEngine(database, undefined, async (engine) => {
    const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList, filters: noFilters });
    return appliedMigrationNames;
  });
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
