/** Fields of a Query protocol request, with the two list notations AWS clients use. */
export class Form {
  readonly fields: URLSearchParams;

  constructor(body: string) {
    this.fields = new URLSearchParams(body);
  }

  text(name: string): string | undefined {
    return this.fields.get(name) ?? undefined;
  }

  flag(name: string): boolean {
    return this.fields.get(name) === "true";
  }

  number(name: string): number | undefined {
    const text = this.fields.get(name);
    return text === null ? undefined : Number(text);
  }

  /** `Name.member.1` (Query) or `Name.1` (EC2). */
  list(name: string): string[] {
    return this.indexes(name).map((prefix) => this.fields.get(prefix) ?? "");
  }

  /** Prefixes of a list of structures: `Filter.1`, `Filter.2`, in order. */
  indexes(name: string): string[] {
    const found = new Map<number, string>();
    const pattern = new RegExp(`^${name}(?:\\.member)?\\.(\\d+)(?=\\.|$)`);
    for (const key of this.fields.keys()) {
      const match = pattern.exec(key);
      if (match) found.set(Number(match[1]), match[0]);
    }
    return [...found].sort(([a], [b]) => a - b).map(([, prefix]) => prefix);
  }
}
