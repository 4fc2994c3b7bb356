/** After a change, or while one goes on, everything is looked at more often. */
const eagerForMs = 3000;

export class Eagerness {
  readonly #calmMs: number;
  #until = 0;

  constructor(calmMs: number) {
    this.#calmMs = calmMs;
  }

  raise(): void {
    this.#until = performance.now() + eagerForMs;
  }

  get isRaised(): boolean {
    return performance.now() < this.#until;
  }

  /** How long to wait between two looks. */
  readonly pauseMs = (): number => (this.isRaised ? this.#calmMs / 2 : this.#calmMs);
}
