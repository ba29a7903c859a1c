const last = new Map<string, Promise<unknown>>();

/** Runs the works of one key one after the other, in the order in which they came; those of other keys at the same time. */
export function oneByOne<T>(key: string, work: () => Promise<T>): Promise<T> {
  const mine = (last.get(key) ?? Promise.resolve()).then(work);
  const settled = mine
    .catch(() => undefined)
    .then(() => {
      if (last.get(key) === settled) last.delete(key);
    });
  last.set(key, settled);
  return mine;
}
