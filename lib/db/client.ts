import { PrismaPg } from "@prisma/adapter-pg";
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
};

/** A client as the role of the given URL, with its own pool. Tests make small ones; the product has the two below. */
export function createClient(connectionString: string, max: number): PrismaClient {
  if (connectionString === "") {
    throw new Error("DATABASE_URL or DATABASE_AUTH_URL is not set");
  }
  const adapter = new PrismaPg(
    {
      connectionString,
      max,
      connectionTimeoutMillis: 5_000,
      application_name: "posturio",
      // Prisma notices an expired transaction only when it commits; these are the real limits.
      options: limitOptions,
    },
    {
      // Not the error itself: it carries the whole connection. All of a pool break together, so one line is enough.
      onPoolError: (error) => {
        if (budget.mayWrite("idle"))
          logger.warn(
            { reason: unavailableReason(error) ?? error.message },
            "an idle database connection broke",
          );
      },
    },
  );
  return new PrismaClient({ adapter });
}

/** Looks like the client and connects at the first use. */
function connectedAtFirstUse<Client>(
  slot: "posturioPrisma" | "posturioIdentity",
  connect: () => PrismaClient,
): Client {
  return new Proxy({} as object, {
    get(_target, name) {
      kept[slot] ??= connect();
      const value = Reflect.get(kept[slot], name) as unknown;
      return typeof value === "function" ? value.bind(kept[slot]) : value;
    },
  }) as Client;
}

/**
 * The client of the product's role. Importable by lib/db, lib/tenancy and lib/auth alone: without withTenant() it
 * reaches global tables only, everything else raises. Identity is closed to it.
 */
export const prisma = connectedAtFirstUse<Omit<PrismaClient, IdentityModel>>("posturioPrisma", () =>
  createClient(env.DATABASE_URL, env.POSTURIO_DATABASE_POOL),
);

/** The client of the role that knows who may enter. For lib/db/system and withIdentity() alone. */
export const identityPrisma = connectedAtFirstUse<
  Pick<PrismaClient, IdentityModel | "$queryRaw" | "$executeRaw" | "$transaction">
>("posturioIdentity", () =>
  createClient(env.DATABASE_AUTH_URL, Math.max(2, Math.ceil(env.POSTURIO_DATABASE_POOL / 2))),
);

/** Closes the pools, for the orderly end of a process or test file. */
export async function disconnect(): Promise<void> {
  const clients = [kept.posturioPrisma, kept.posturioIdentity];
  delete kept.posturioPrisma;
  delete kept.posturioIdentity;
  await Promise.all(clients.map((client) => client?.$disconnect()));
}
