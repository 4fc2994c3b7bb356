const windowMs = 5 * 60 * 1000;
const perAddress = 5;
/** One user can be guessed at from many addresses. */
const inAll = 50;
const rememberedAddresses = 10_000;

/** Refused logins of late. After too many, nobody may try for a while, and no password is hashed. */
export class AttemptLimit {
  readonly #failures = new Map<string, number[]>();
  readonly #now: () => number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** How long this address has to wait, in milliseconds; 0: it may try. */
  waitMs(address: string): number {
    const now = this.#now();
    this.#forget(now);
    const own = this.#failures.get(address) ?? [];
    const all = [...this.#failures.values()].flat().toSorted((a, b) => a - b);
    const oldest =
      own.length >= perAddress ? own.at(-perAddress) : all.length >= inAll ? all.at(-inAll) : undefined;
    return oldest === undefined ? 0 : Math.max(0, oldest + windowMs - now);
  }

  failed(address: string): void {
    const own = this.#failures.get(address) ?? [];
    if (own.length === 0 && this.#failures.size >= rememberedAddresses) return;
    this.#failures.set(address, [...own, this.#now()]);
  }

  succeeded(address: string): void {
    this.#failures.delete(address);
  }

  #forget(now: number): void {
    for (const [address, times] of this.#failures) {
      const recent = times.filter((time) => now - time < windowMs);
      if (recent.length === 0) this.#failures.delete(address);
      else this.#failures.set(address, recent);
    }
  }
}
