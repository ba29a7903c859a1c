/** The longest that a statement, a wait for a lock and a transaction that does nothing may take: PostgreSQL sees to it. */
export const databaseLimits = {
  statement_timeout: "15s",
  idle_in_transaction_session_timeout: "20s",
  lock_timeout: "5s",
} as const;

/** The same as options of a connection. They win over settings of the role, which a role may change for itself. */
export const limitOptions = Object.entries(databaseLimits)
  .map(([name, value]) => `-c ${name}=${value}`)
  .join(" ");
