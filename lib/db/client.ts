import { PrismaPg } from "@prisma/adapter-pg";
import { env } from "@/lib/env";
import { logger } from "@/lib/logger";
import { PrismaClient } from "./generated/client";

/** One client and one pool a process, also when a development server loads this module again. */
const kept = globalThis as typeof globalThis & { posturioPrisma?: PrismaClient };

/** A client as the role of the given URL, with its own pool. Tests make small ones; the product has `prisma`. */
export function createClient(connectionString: string, max: number): PrismaClient {
  if (connectionString === "") {
    throw new Error("DATABASE_URL is not set");
  }
  const adapter = new PrismaPg(
    { connectionString, max, connectionTimeoutMillis: 5_000, application_name: "posturio" },
    { onPoolError: (error) => logger.warn({ error }, "An idle database connection broke") },
  );
  return new PrismaClient({ adapter });
}

/**
 * The Prisma client of the product's role, connected at its first use. Importable by lib/db, lib/tenancy and
 * lib/auth alone: without withTenant() it reaches global tables only, everything else raises.
 */
export const prisma: PrismaClient = new Proxy({} as PrismaClient, {
  get(_target, name) {
    kept.posturioPrisma ??= createClient(env.DATABASE_URL, env.POSTURIO_DATABASE_POOL);
    const value = Reflect.get(kept.posturioPrisma, name) as unknown;
    return typeof value === "function" ? value.bind(kept.posturioPrisma) : value;
  },
});

/** Closes the pool, for the orderly end of a process or test file. */
export async function disconnect(): Promise<void> {
  const client = kept.posturioPrisma;
  delete kept.posturioPrisma;
  await client?.$disconnect();
}
