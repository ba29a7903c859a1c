import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { env } from "@/lib/env";
import { LineBudget } from "@/lib/line-budget";
import { logger } from "@/lib/logger";
import { PrismaClient } from "./generated/client";
import type { IdentityModel } from "./identity-db";
import { limitOptions } from "./limits";
import { unavailableReason } from "./unavailable";

const budget = new LineBudget(1, 10_000, (_, left) =>
  logger.warn({ left }, "more idle database connections broke"),
);

/** One client and one pool a process for each role, also when a development server loads this module again. */
const kept = globalThis as typeof globalThis & {
  posturioPrisma?: PrismaClient;
  posturioIdentity?: PrismaClient;
  posturioPools?: WeakMap<PrismaClient, pg.Pool>;
};

/** A client as the role of the given URL, with its own pool. Tests make small ones; the product has the two below. */
export function createClient(connectionString: string, max: number): PrismaClient {
  if (connectionString === "") {
    throw new Error("DATABASE_URL or DATABASE_AUTH_URL is not set");
  }
  const pool = new pg.Pool({
    connectionString,
    max,
    connectionTimeoutMillis: 5_000,
    application_name: "posturio",
    // Prisma notices an expired transaction only when it commits; these are the real limits.
    options: limitOptions,
    // Statements asked for together go to the server together: see reader.ts.
    pipeline: true,
  });
  // Here and not by the adapter, which listens only once it has been used: what is read past it connects as well, and an
  // error without a listener ends the process. Not the error itself is told: it carries the whole connection. All of a
  // pool break together, so one line is enough.
  pool.on("error", (error) => {
    if (budget.mayWrite("idle"))
      logger.warn({ reason: unavailableReason(error) ?? error.message }, "an idle database connection broke");
  });
  const client = new PrismaClient({ adapter: new PrismaPg(pool, { disposeExternalPool: true }) });
  kept.posturioPools ??= new WeakMap();
  kept.posturioPools.set(client, pool);
  return client;
}

function poolOf(client: PrismaClient): pg.Pool {
  const pool = kept.posturioPools?.get(client);
  if (pool === undefined) throw new Error("The client was not made by createClient()");
  return pool;
}

const connect = {
  posturioPrisma: () => createClient(env.DATABASE_URL, env.POSTURIO_DATABASE_POOL),
  posturioIdentity: () =>
    createClient(env.DATABASE_AUTH_URL, Math.max(2, Math.ceil(env.POSTURIO_DATABASE_POOL / 2))),
};

type Slot = keyof typeof connect;

function clientIn(slot: Slot): PrismaClient {
  kept[slot] ??= connect[slot]();
  return kept[slot];
}

/** Looks like the client and connects at the first use. */
function connectedAtFirstUse<Client>(slot: Slot): Client {
  return new Proxy({} as object, {
    get(_target, name) {
      const client = clientIn(slot);
      const value = Reflect.get(client, name) as unknown;
      return typeof value === "function" ? value.bind(client) : value;
    },
  }) as Client;
}

/**
 * The client of the product's role. Importable by lib/db, lib/tenancy and lib/auth alone: without withTenant() it
 * reaches global tables only, everything else raises. Identity is closed to it.
 */
export const prisma = connectedAtFirstUse<Omit<PrismaClient, IdentityModel>>("posturioPrisma");

/** The client of the role that knows who may enter. For lib/db/system and withIdentity() alone. */
export const identityPrisma =
  connectedAtFirstUse<Pick<PrismaClient, IdentityModel | "$queryRaw" | "$executeRaw" | "$transaction">>(
    "posturioIdentity",
  );

/** The connections of both clients, for reader.ts. They are of the same number, whoever uses them. */
export const connections = {
  product: () => poolOf(clientIn("posturioPrisma")),
  identity: () => poolOf(clientIn("posturioIdentity")),
};

/** Closes the pools, for the orderly end of a process or test file. */
export async function disconnect(): Promise<void> {
  const clients = [kept.posturioPrisma, kept.posturioIdentity];
  delete kept.posturioPrisma;
  delete kept.posturioIdentity;
  await Promise.all(clients.map((client) => client?.$disconnect()));
}
