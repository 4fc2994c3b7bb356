import { RemotingError } from "../errors/remoting-error.ts";
import type { RemotingFrame } from "../protocol/frame.ts";
import { responseCodes } from "../protocol/response-code.ts";
import { aborted, Connection, type RemotingCommand } from "./connection.ts";
import {
  type ClientSettings,
  checkedDuration,
  clientSettings,
  type RemotingClientOptions,
  type RequestOptions,
} from "./options.ts";

/** Speaks to any number of name servers, brokers, controllers and DLedger peers, over one connection to each. */
export interface RemotingClient extends AsyncDisposable {
  /**
   * Sends a command and resolves with the answer, whatever its response code. Rejects with a RemotingError:
   * ADDRESS_INVALID, CONNECT_FAILED, CONNECTION_CLOSED, CLIENT_CLOSED, DEADLINE_PASSED, REQUEST_ABORTED,
   * REQUEST_TOO_LARGE, TOO_MANY_IN_FLIGHT, FRAME_* or PEER_MISBEHAVED. Connects on first use and again after a loss.
   */
  request(address: string, command: RemotingCommand, options?: RequestOptions): Promise<RemotingFrame>;
  /** Fails what is in flight with CLIENT_CLOSED, and resolves when every socket is closed. */
  close(): Promise<void>;
}

export function createRemotingClient(options: RemotingClientOptions = {}): RemotingClient {
  return new PooledClient(clientSettings(options));
}

class PooledClient implements RemotingClient {
  readonly #settings: ClientSettings;
  readonly #connections = new Map<string, Connection>();
  /** Retired connections that still carry requests; each leaves when it is closed. */
  readonly #open = new Set<Connection>();
  #isClosed = false;

  constructor(settings: ClientSettings) {
    this.#settings = settings;
  }

  async request(
    address: string,
    command: RemotingCommand,
    options: RequestOptions = {},
  ): Promise<RemotingFrame> {
    const deadlineMs = checkedDuration("deadlineMs", options.deadlineMs ?? this.#settings.deadlineMs);
    const signal = options.signal;
    if (signal?.aborted) throw aborted(address, signal, false);
    if (deadlineMs <= 0) throw alreadyLate(address);
    const started = performance.now();
    const connection = this.#connection(address);
    const response = await connection.request(command, deadlineMs, signal);
    if (response.code !== responseCodes.GO_AWAY) return response;
    // A peer that shuts down refuses new requests unprocessed; as the Java client does, try once more on a new
    // connection (NettyRemotingClient.invokeImpl), which reaches its successor behind the same address.
    connection.retire();
    const leftMs = Math.max(1, deadlineMs - (performance.now() - started));
    if (signal?.aborted) throw aborted(address, signal, false);
    return this.#connection(address).request(command, leftMs, signal);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const closing = [...this.#open];
    for (const connection of closing) connection.destroy(clientClosed(connection.address));
    await Promise.all(closing.map((connection) => connection.closed));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #connection(address: string): Connection {
    if (this.#isClosed) throw clientClosed(address);
    const existing = this.#connections.get(address);
    if (existing?.usable) return existing;
    const connection = new Connection(address, this.#settings);
    this.#connections.set(address, connection);
    this.#open.add(connection);
    void connection.closed.then(() => {
      this.#open.delete(connection);
      if (this.#connections.get(address) === connection) this.#connections.delete(address);
    });
    return connection;
  }
}

function clientClosed(address: string): RemotingError {
  return new RemotingError("CLIENT_CLOSED", `The client was closed; ${address} is not asked`, { address });
}

function alreadyLate(address: string): RemotingError {
  return new RemotingError("DEADLINE_PASSED", `No time was left to ask ${address}`, { address });
}
