import { createRemotingClient, type RemotingClient } from "@hotfire/remoting";

const rateOverSeconds = 10;

/** A remoting client that knows how much it asks: what viewers cost the cluster is a figure, not a guess. */
export class CountedClient {
  readonly client: RemotingClient;
  readonly #now: () => number;
  #requests = 0;
  /** Requests of each of the last seconds: it runs for months, and keeps a figure a second, not one a request. */
  readonly #bySecond = new Map<number, number>();

  constructor(
    inner: RemotingClient = createRemotingClient({ connectTimeoutMs: 1000 }),
    now: () => number = Date.now,
  ) {
    this.#now = now;
    this.client = {
      request: (address, command, options) => {
        this.#count();
        return inner.request(address, command, options);
      },
      close: () => inner.close(),
      [Symbol.asyncDispose]: () => inner.close(),
    };
  }

  load(): { requests: number; perSecond: number } {
    const since = this.#second() - rateOverSeconds;
    const recent = [...this.#bySecond].filter(
      ([second]) => second >= since && second < since + rateOverSeconds,
    );
    const sum = recent.reduce((total, [, count]) => total + count, 0);
    return { requests: this.#requests, perSecond: sum / rateOverSeconds };
  }

  /** For a test: how much it remembers. */
  get remembered(): number {
    return this.#bySecond.size;
  }

  #count(): void {
    this.#requests += 1;
    const second = this.#second();
    this.#bySecond.set(second, (this.#bySecond.get(second) ?? 0) + 1);
    for (const [oldest] of this.#bySecond) {
      if (oldest >= second - rateOverSeconds) break;
      this.#bySecond.delete(oldest);
    }
  }

  #second(): number {
    return Math.floor(this.#now() / 1000);
  }
}
