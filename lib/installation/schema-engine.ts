import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlMigrationAwareDriverAdapterFactory,
} from "@prisma/driver-adapter-utils";
import * as bindings from "@prisma/schema-engine-wasm/schema_engine_bg";

/** The part of the engine that is used here; its own types describe the rest. */
type Engine = {
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

/** The engine connects when it is created, even for a diff of two files, which then asks the database nothing. */
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
  instantiated ??= instantiate();
  await instantiated;
  const factory = bindMigrationAwareSqlAdapterFactory(noDatabase);
  const engine = (await bindings.SchemaEngine.new(
    { datamodels: [["schema.prisma", to]] },
    () => undefined,
    factory,
  )) as unknown as Engine;
  try {
    const { stdout } = await engine.diff({
      from: from === null ? { tag: "empty" } : target(from),
      to: target(to),
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    });
    return stdout ?? "";
  } finally {
    engine.free();
  }
}
