/**
 * Keeps a storm of equal lines from filling the log: in each span of time the first lines of a kind are written, and
 * the others are counted and told in one line at its end.
 */
export class LineBudget {
  readonly #spans = new Map<string, { endsAt: number; written: number; left: number }>();

  readonly #most: number;
  readonly #spanMs: number;
  readonly #tellLeft: (kind: string, left: number) => void;

  constructor(most: number, spanMs: number, tellLeft: (kind: string, left: number) => void) {
    this.#most = most;
    this.#spanMs = spanMs;
    this.#tellLeft = tellLeft;
  }

  /** Whether a line of this kind may be written now. Kinds are few: words of ours, never what a client sent. */
  mayWrite(kind: string, now = Date.now()): boolean {
    const span = this.#spans.get(kind);
    if (span !== undefined && now < span.endsAt) {
      if (span.written < this.#most) {
        span.written += 1;
        return true;
      }
      // The first line left out sees to it that their number is told, also when no other line follows.
      if (span.left === 0) setTimeout(() => this.#end(kind, span), span.endsAt - now).unref();
      span.left += 1;
      return false;
    }
    this.#spans.set(kind, { endsAt: now + this.#spanMs, written: 1, left: 0 });
    return true;
  }

  #end(kind: string, span: { left: number }): void {
    this.#tellLeft(kind, span.left);
    span.left = 0;
  }
}
