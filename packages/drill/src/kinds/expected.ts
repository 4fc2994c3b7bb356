/** Messages that have to be delivered, or decided, before a kind's load is done. */
export class Expected {
  readonly #delivered = new Set<number>();
  readonly #missing = new Set<number>();
  readonly #undecided = new Set<number>();

  /** This message has to come; it may have come already. */
  add(number: number): void {
    if (!this.#delivered.has(number)) this.#missing.add(number);
  }

  delivered(number: number): void {
    this.#delivered.add(number);
    this.#missing.delete(number);
  }

  /** A broker has to ask about it first. */
  undecided(number: number): void {
    this.#undecided.add(number);
  }

  decided(number: number): void {
    this.#undecided.delete(number);
  }

  get isComplete(): boolean {
    return this.#missing.size === 0 && this.#undecided.size === 0;
  }
}
