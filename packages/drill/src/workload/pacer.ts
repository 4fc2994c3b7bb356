import type { Micros } from "@hotfire/judge/history";

export interface PacerOptions {
  /** Events per second. */
  readonly rate: number;
  readonly now: () => Micros;
  readonly fire: (sequence: number, scheduled: Micros) => void;
}

/**
 * Fires event k at start + k/rate, whatever became of those before. Timers have whole milliseconds: each tick fires all
 * that is due, and after a stall everything that was missed, at once and with its old schedule.
 */
export class Pacer {
  readonly #options: PacerOptions;
  #start: Micros;
  readonly #spacing: Micros;
  #next = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: PacerOptions) {
    this.#options = options;
    this.#start = options.now();
    this.#spacing = 1_000_000 / options.rate;
    this.#timer = setTimeout(this.#tick, 0);
  }

  /** Events fired so far: the next sequence. */
  get fired(): number {
    return this.#next;
  }

  /** Stops firing, for good or until `resume`; what would have been due meanwhile is not made up for. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  resume(): void {
    if (this.#timer !== undefined) return;
    this.#start = this.#options.now() - this.#next * this.#spacing;
    this.#timer = setTimeout(this.#tick, 0);
  }

  /** The next sequence, for somebody who fires it himself while this one is paused. */
  take(): number {
    const sequence = this.#next;
    this.#next += 1;
    return sequence;
  }

  readonly #tick = (): void => {
    const { now, fire } = this.#options;
    let due = this.#due();
    while (due <= now() && this.#timer !== undefined) {
      const sequence = this.#next;
      this.#next += 1;
      fire(sequence, due);
      due = this.#due();
    }
    if (this.#timer !== undefined)
      this.#timer = setTimeout(this.#tick, Math.max(1, Math.floor((due - now()) / 1000)));
  };

  #due(): Micros {
    return Math.floor(this.#start + this.#next * this.#spacing);
  }
}
