import { createRemotingClient, type RemotingClient } from "@hotfire/remoting";

const rateOverMs = 10_000;

/** A remoting client that knows how much it asks: what viewers cost the cluster is a figure, not a guess. */
export class CountedClient {
  readonly client: RemotingClient;
  #requests = 0;
  #recent: number[] = [];

  constructor() {
    const inner = createRemotingClient({ connectTimeoutMs: 1000 });
    this.client = {
      request: (address, command, options) => {
        this.#requests += 1;
        this.#recent.push(Date.now());
        return inner.request(address, command, options);
      },
      close: () => inner.close(),
      [Symbol.asyncDispose]: () => inner.close(),
    };
  }

  load(): { requests: number; perSecond: number } {
    const since = Date.now() - rateOverMs;
    this.#recent = this.#recent.filter((time) => time > since);
    return { requests: this.#requests, perSecond: this.#recent.length / (rateOverMs / 1000) };
  }
}
