import {
  createRemotingClient,
  type RemotingClient,
  RemotingError,
  type RemotingFrame,
} from "@hotfire/remoting";

export interface LinksOptions {
  /** Unanswered requests that one broker may have. */
  readonly maxInFlight: number;
  /** Requests of brokers that want no answer. */
  readonly onOneWay?: (address: string, frame: RemotingFrame) => void;
}

/** The handshake is the kernel's: what is not connected by then is cut off, and trying anew finds the healing sooner. */
const connectTimeoutMs = 500;
/** A broker that has been silent this long is asked over a new connection. */
const silenceMs = 1000;

interface Link {
  readonly client: RemotingClient;
  readonly since: number;
  pending: number;
  /** When it last answered, or began to have something to answer. */
  heardAt: number;
}

/**
 * Connections to brokers. One that has carried requests without any answer for a while is left to them, and a new one
 * takes what comes: TCP waits ever longer before it tries a cut line again, a new connection tries at once.
 */
export class Links {
  readonly #options: LinksOptions;
  readonly #links = new Map<string, Link>();
  readonly #clients = new Set<RemotingClient>();

  constructor(options: LinksOptions) {
    this.#options = options;
  }

  async request<T>(address: string, ask: (client: RemotingClient) => Promise<T>): Promise<T> {
    const now = performance.now();
    const link = this.#link(address, now);
    if (link.pending === 0) link.heardAt = now;
    link.pending += 1;
    try {
      const answer = await ask(link.client);
      link.heardAt = performance.now();
      return answer;
    } catch (error) {
      if (error instanceof RemotingError && error.response !== undefined) link.heardAt = performance.now();
      throw error;
    } finally {
      link.pending -= 1;
      if (link.pending === 0 && this.#links.get(address) !== link) void this.#close(link.client);
    }
  }

  /** Milliseconds for which a broker owes answers and has given none. */
  silence(address: string): number {
    const link = this.#links.get(address);
    return link === undefined || link.pending === 0 ? 0 : performance.now() - link.heardAt;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#clients].map((client) => client.close()));
  }

  #link(address: string, now: number): Link {
    const link = this.#links.get(address);
    const isSilent = link !== undefined && link.pending > 0 && now - link.heardAt > silenceMs;
    if (link !== undefined && !(isSilent && now - link.since > silenceMs)) return link;
    const client = createRemotingClient({ connectTimeoutMs, ...this.#options });
    this.#clients.add(client);
    // The silence goes on until something answers.
    const next: Link = { client, since: now, pending: 0, heardAt: now };
    this.#links.set(address, next);
    return next;
  }

  async #close(client: RemotingClient): Promise<void> {
    this.#clients.delete(client);
    await client.close();
  }
}
