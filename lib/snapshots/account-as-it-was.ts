import { z } from "zod";
import { type Environment, environments } from "@/lib/accounts/account-states";
import type { TenantDb } from "@/lib/db/tenant-db";

/** What people had set of an account. */
export interface AccountAsItWas {
  readonly environment: Environment;
  /** The schedule; null without one. */
  readonly everyMinutes: number | null;
}

/** What an account begins with when it is connected. */
const firstMinutes = 24 * 60;

const environmentSet = z.object({ environment: z.enum(environments.values) });
const scheduleSet = z.object({ everyMinutes: z.int(), enabled: z.boolean() });

interface Entry {
  readonly object: string;
  readonly at: Date;
  readonly data: unknown;
}

/**
 * Accounts as people had set them at an instant, by id: from the audit log, which has every change. What it does not
 * tell, because nobody ever changed it or it was set before the log held it, is as it is now.
 */
export async function accountsAsTheyWere(
  db: TenantDb,
  tenantId: string,
  now: ReadonlyMap<string, AccountAsItWas>,
  at: Date,
): Promise<Map<string, AccountAsItWas>> {
  const entries = await db.$queryRaw<Entry[]>`
    SELECT object, at, data FROM audit_log
    WHERE tenant_id = ${tenantId}::uuid AND object = ANY (${[...now.keys()].map((id) => `account:${id}`)}::text[])
      AND action IN ('account.connection_started', 'account.updated', 'account.schedule_set')
    ORDER BY object, at, id`;
  return new Map(
    [...now].map(([id, account]) => {
      const own = entries.filter(({ object }) => object === `account:${id}`);
      return [id, asItWas(own, account, at)];
    }),
  );
}

function asItWas(entries: readonly Entry[], now: AccountAsItWas, at: Date): AccountAsItWas {
  let { environment } = now;
  const schedules = entries.filter(({ data }) => scheduleSet.safeParse(data).success);
  // Changed since, and never before: it was what every account begins with.
  let everyMinutes: number | null = schedules.length > 0 ? firstMinutes : now.everyMinutes;
  for (const { data } of entries.filter((entry) => entry.at < at)) {
    environment = environmentSet.safeParse(data).data?.environment ?? environment;
    const schedule = scheduleSet.safeParse(data).data;
    if (schedule) everyMinutes = schedule.enabled ? schedule.everyMinutes : null;
  }
  return { environment, everyMinutes };
}
