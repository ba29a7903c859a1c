/**
 * A time budget shared by the calls of one place. Only time in which a call is under way counts, so a Region
 * is not punished for waiting for the others.
 */
export class TimeBudget {
  readonly #controller = new AbortController();
  #leftMs: number;
  #running = 0;
  #since = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(budgetMs: number) {
    this.#leftMs = budgetMs;
  }

  /** Aborts when the budget is used up; stays so. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  async spend<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running++ === 0) this.#start();
    try {
      return await work();
    } finally {
      if (--this.#running === 0) this.#stop();
    }
  }

  #start(): void {
    this.#since = performance.now();
    this.#timer = setTimeout(() => this.#controller.abort(), Math.max(0, this.#leftMs));
  }

  #stop(): void {
    clearTimeout(this.#timer);
    this.#leftMs -= performance.now() - this.#since;
  }
}
