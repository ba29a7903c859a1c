/**
 * How long a statement, a wait for a lock, and a transaction that does nothing may last: the real limits, because Prisma
 * notices an expired transaction only when it commits. Set on the role by the migrate step, and sent with every
 * connection for a role that the operator created.
 */
export const sessionLimits = {
  statement_timeout: 15_000,
  idle_in_transaction_session_timeout: 20_000,
  lock_timeout: 5_000,
} as const;
