import { setTimeout as sleep } from "node:timers/promises";

const pollMs = 400;

/** Hears of a state, and of the end of the poll when it could not be read. */
export interface Follower {
  onState(state: unknown): void;
  onEnd(): void;
}

const kept = globalThis as typeof globalThis & { posturioPolls?: Map<string, Set<Follower>> };

/**
 * Follows what `read` says under `key` until the returned function is called. Everyone who follows the same key shares
 * one reading of it, so `key` must name the organization as well.
 */
export function follow(key: string, read: () => Promise<unknown>, follower: Follower): () => void {
  kept.posturioPolls ??= new Map();
  const polls = kept.posturioPolls;
  const known = polls.get(key);
  const followers = known ?? new Set<Follower>();
  followers.add(follower);
  if (known === undefined) {
    polls.set(key, followers);
    void poll(read, followers, () => polls.delete(key));
  }
  return () => followers.delete(follower);
}

async function poll(
  read: () => Promise<unknown>,
  followers: Set<Follower>,
  forget: () => void,
): Promise<void> {
  try {
    for (await sleep(pollMs); followers.size > 0; await sleep(pollMs)) {
      const state = await read();
      for (const follower of [...followers]) follower.onState(state);
    }
  } catch {
    // Their readers ask again, and get the error itself.
    for (const follower of [...followers]) follower.onEnd();
  } finally {
    // In the step that found nobody left, so that who comes next begins a poll of their own.
    forget();
  }
}
