/** Remembers what was made of something that never changes, the last used of it, in this process. */
export class Kept<T> {
  private readonly values = new Map<string, T>();

  private readonly most: number;

  constructor(most: number) {
    this.most = most;
  }

  /** What was made under `key`, which names all that it is made of, organization included; made now if it was not. */
  async get(key: string, make: () => Promise<T>): Promise<T> {
    const known = this.values.get(key);
    const value = known === undefined ? await make() : known;
    this.put(key, value);
    return value;
  }

  /** The same for several at once: those that are not there are made together. One that `make` leaves out is in no answer. */
  async getAll(
    keys: readonly string[],
    make: (missing: readonly string[]) => Promise<ReadonlyMap<string, T>>,
  ): Promise<ReadonlyMap<string, T>> {
    const missing = keys.filter((key) => !this.values.has(key));
    const made = missing.length === 0 ? new Map<string, T>() : await make(missing);
    const all = new Map<string, T>();
    for (const key of keys) {
      const value = made.get(key) ?? this.values.get(key);
      if (value !== undefined) all.set(key, value);
    }
    for (const [key, value] of all) this.put(key, value);
    return all;
  }

  private put(key: string, value: T): void {
    this.values.delete(key);
    this.values.set(key, value);
    if (this.values.size > this.most) this.values.delete(this.values.keys().next().value ?? "");
  }
}
