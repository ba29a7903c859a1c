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
    this.values.delete(key);
    this.values.set(key, value);
    if (this.values.size > this.most) this.values.delete(this.values.keys().next().value ?? "");
    return value;
  }
}
