const mostKept = 200;

interface Kept<T> {
  readonly askedAt: number;
  readonly answer: Promise<T>;
  isPending: boolean;
}

/**
 * Answers that several viewers share: who asks while one is on its way, or a moment after it was asked for, gets that one. So ten who
 * look at a page cost the brokers what one costs.
 */
export class SharedAnswers<T> {
  readonly #forMs: number;
  readonly #now: () => number;
  readonly #kept = new Map<string, Kept<T>>();

  constructor(forMs: number, now: () => number = () => performance.now()) {
    this.#forMs = forMs;
    this.#now = now;
  }

  get(key: string, ask: () => T | Promise<T>): Promise<T> {
    const known = this.#kept.get(key);
    if (known !== undefined && (known.isPending || this.#now() - known.askedAt < this.#forMs)) {
      return known.answer;
    }
    return this.#ask(key, ask);
  }

  /** For a test: how many answers it has. */
  get remembered(): number {
    return this.#kept.size;
  }

  /** After a change nothing of before is told again. */
  forget(): void {
    this.#kept.clear();
  }

  #ask(key: string, ask: () => T | Promise<T>): Promise<T> {
    const answer = Promise.resolve().then(ask);
    const kept: Kept<T> = { askedAt: this.#now(), answer, isPending: true };
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    const drop = () => {
      if (this.#kept.get(key) === kept) this.#kept.delete(key);
    };
    answer.then(() => {
      kept.isPending = false;
      // One that is told to no viewer any more is kept no longer: of messages it may have megabytes.
      setTimeout(drop, Math.max(0, this.#forMs - (this.#now() - kept.askedAt))).unref();
      // A failure is told to the viewers that waited for it, and to no other.
    }, drop);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > mostKept && oldest !== undefined) this.#kept.delete(oldest);
    return answer;
  }
}
