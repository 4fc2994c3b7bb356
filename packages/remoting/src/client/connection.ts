import { connect, type Socket } from "node:net";
import { RemotingError } from "../errors/remoting-error.ts";
import { encodeFrame, type FieldValue, isOneWay, isResponse, type RemotingFrame } from "../protocol/frame.ts";
import { FrameDecoder } from "../protocol/frame-decoder.ts";
import { requestCodeName } from "../protocol/request-code.ts";
import { responseCodes } from "../protocol/response-code.ts";
import { parseAddress } from "./address.ts";
import { connectFailed, connectTimedOut } from "./connect-error.ts";
import type { ClientSettings } from "./options.ts";

/** A request as its caller gives it; the connection adds the opaque. */
export interface RemotingCommand {
  readonly code: number;
  readonly fields?: Readonly<Record<string, FieldValue | undefined>> | undefined;
  readonly body?: Uint8Array | undefined;
}

interface Pending {
  readonly code: number;
  readonly deadlineMs: number;
  /** When the deadline passes, by `performance.now()`. */
  readonly due: number;
  readonly resolve: (frame: RemotingFrame) => void;
  readonly reject: (error: RemotingError) => void;
  /** What waits for the connection; undefined once it was handed to the socket. */
  unsent: Buffer | undefined;
  /** How many frames the connection had received when this was sent. */
  framesBefore: number;
  timer: NodeJS.Timeout;
  stopListening: (() => void) | undefined;
}

/** Answers to requests that were given up are expected; this many more, and the peer is not sane. */
const STRAY_ALLOWANCE = 1_000;
/** A deadline that is found so late was not waited for: this process did nothing meanwhile. */
const STOOD_STILL_MS = 100;
/** A peer that asks but never reads our answers is cut off at this many unread bytes. */
const MAX_UNREAD_ANSWERS = 1024 * 1024;
const KEEP_ALIVE_MS = 30_000;

/**
 * One TCP connection that carries many requests at once. It begins to connect when made, and is finished when
 * `usable` is false: it then accepts no requests, and closes as soon as the last one it carries is settled.
 */
export class Connection {
  readonly address: string;
  readonly closed: Promise<void>;
  readonly #settings: ClientSettings;
  readonly #socket: Socket;
  readonly #decoder: FrameDecoder;
  readonly #pending = new Map<number, Pending>();
  #connectTimer: NodeJS.Timeout | undefined;
  #connected = false;
  #retired = false;
  #failure: RemotingError | undefined;
  #nextOpaque = 0;
  #framesReceived = 0;
  #strays = 0;
  #corked = false;
  /** Bytes of the requests that wait for the connection to come about. */
  #waitingBytes = 0;

  constructor(address: string, settings: ClientSettings) {
    const target = parseAddress(address);
    this.address = address;
    this.#settings = settings;
    this.#decoder = new FrameDecoder(settings.maxFrameBytes);
    this.#socket = connect({
      ...target,
      noDelay: true,
      keepAlive: true,
      keepAliveInitialDelay: KEEP_ALIVE_MS,
    });
    this.#connectTimer = setTimeout(
      () => this.destroy(connectTimedOut(address, settings.connectTimeoutMs)),
      settings.connectTimeoutMs,
    );
    this.closed = new Promise((resolve) => this.#socket.once("close", () => resolve()));
    this.#socket.on("connect", () => this.#onConnect());
    this.#socket.on("data", (chunk) => this.#onData(chunk));
    this.#socket.on("error", (cause) => this.destroy(this.#socketError(cause)));
    this.#socket.on("end", () => this.#onEnd());
    this.#socket.on("close", () => this.destroy(this.#closedByPeer()));
  }

  get usable(): boolean {
    return this.#failure === undefined && !this.#retired;
  }

  /** Takes no further requests, and closes when the last answer is there. */
  retire(): void {
    this.#retired = true;
    this.#closeIfDone();
  }

  request(
    command: RemotingCommand,
    deadlineMs: number,
    signal: AbortSignal | undefined,
  ): Promise<RemotingFrame> {
    return new Promise((resolve, reject) => {
      this.#refuseIfFull(command.code);
      const opaque = this.#takeOpaque();
      const frame = this.#encode(command, opaque);
      const pending: Pending = {
        code: command.code,
        deadlineMs,
        resolve,
        reject,
        unsent: frame,
        framesBefore: 0,
        due: performance.now() + deadlineMs,
        // Where the event loop stood still, timers come before what waits in the sockets: that is read first.
        timer: setTimeout(() => setImmediate(() => this.#onDeadline(opaque)), deadlineMs),
        stopListening:
          signal === undefined ? undefined : onAbort(signal, () => this.#onAbort(opaque, signal)),
      };
      this.#pending.set(opaque, pending);
      if (this.#pending.size === 1) this.#socket.ref();
      if (this.#connected) this.#send(pending);
      else this.#waitingBytes += frame.length;
    });
  }

  /** Ends the connection now; whatever it carries fails with this error. */
  destroy(error: RemotingError): void {
    if (this.#failure !== undefined) return;
    this.#failure = error;
    clearTimeout(this.#connectTimer);
    this.#socket.destroy();
    for (const [opaque, pending] of this.#pending) {
      this.#settle(opaque, pending);
      pending.reject(this.#copyFor(error, pending));
    }
  }

  #onConnect(): void {
    clearTimeout(this.#connectTimer);
    this.#connected = true;
    this.#waitingBytes = 0;
    for (const pending of this.#pending.values()) this.#send(pending);
    if (this.#pending.size === 0) this.#socket.unref();
  }

  #onData(chunk: Buffer): void {
    try {
      this.#decoder.push(chunk, (frame) => this.#onFrame(frame));
    } catch (error) {
      this.destroy(this.#withAddress(error));
    }
  }

  #onEnd(): void {
    try {
      this.#decoder.end();
      this.destroy(this.#closedByPeer());
    } catch (error) {
      this.destroy(this.#withAddress(error));
    }
  }

  #onFrame(frame: RemotingFrame): void {
    this.#framesReceived += 1;
    if (isResponse(frame)) this.#onResponse(frame);
    else this.#onPeerRequest(frame);
  }

  #onResponse(frame: RemotingFrame): void {
    const pending = this.#pending.get(frame.opaque);
    if (pending === undefined || pending.unsent !== undefined) {
      this.#onStray();
      return;
    }
    this.#settle(frame.opaque, pending);
    pending.resolve(frame);
    this.#closeIfDone();
  }

  #onStray(): void {
    this.#strays += 1;
    if (this.#strays <= STRAY_ALLOWANCE) return;
    throw new RemotingError(
      "PEER_MISBEHAVED",
      `${this.address} sent ${this.#strays} answers that no request asked for`,
    );
  }

  // Brokers call back: NOTIFY_CONSUMER_IDS_CHANGED, CHECK_TRANSACTION_STATE, RESET_CONSUMER_CLIENT_OFFSET and others.
  // This client is no consumer, so what wants an answer gets an honest one.
  #onPeerRequest(frame: RemotingFrame): void {
    if (isOneWay(frame)) {
      this.#settings.onOneWay(this.address, frame);
      return;
    }
    if (this.#socket.writableLength > MAX_UNREAD_ANSWERS) {
      throw new RemotingError(
        "PEER_MISBEHAVED",
        `${this.address} sends requests and does not read the answers`,
      );
    }
    this.#write(
      encodeFrame({
        code: responseCodes.REQUEST_CODE_NOT_SUPPORTED,
        opaque: frame.opaque,
        kind: "response",
        remark: `an administration client does not serve ${requestCodeName(frame.code)} (${frame.code})`,
      }),
    );
  }

  #onDeadline(opaque: number): void {
    const pending = this.#pending.get(opaque);
    if (pending === undefined) return;
    this.#giveUp(opaque, pending);
    const sent = pending.unsent === undefined;
    const lateMs = performance.now() - pending.due;
    const stood = lateMs < STOOD_STILL_MS ? "" : ` (this process stood still for ${Math.round(lateMs)} ms)`;
    pending.reject(
      new RemotingError(
        "DEADLINE_PASSED",
        sent
          ? `${this.address} did not answer ${requestCodeName(pending.code)} within ${pending.deadlineMs} ms${stood}`
          : `${this.address} could not be connected to within ${pending.deadlineMs} ms, for ${requestCodeName(pending.code)}${stood}`,
        {
          address: this.address,
          requestSent: sent,
          hint: "The process may be paused, overloaded or cut off",
        },
      ),
    );
    // Not one frame since it was sent: the peer may be gone without a trace (a half-open connection). Ask anew.
    if (sent && pending.framesBefore === this.#framesReceived) this.#retired = true;
    this.#closeIfDone();
  }

  #onAbort(opaque: number, signal: AbortSignal): void {
    const pending = this.#pending.get(opaque);
    if (pending === undefined) return;
    this.#giveUp(opaque, pending);
    pending.reject(aborted(this.address, signal, pending.unsent === undefined));
    this.#closeIfDone();
  }

  #giveUp(opaque: number, pending: Pending): void {
    this.#settle(opaque, pending);
    if (pending.unsent !== undefined) this.#waitingBytes -= pending.unsent.length;
    // Its answer may still come, and is then no stray.
    else this.#strays -= 1;
  }

  #settle(opaque: number, pending: Pending): void {
    this.#pending.delete(opaque);
    clearTimeout(pending.timer);
    pending.stopListening?.();
    if (this.#pending.size === 0 && this.#connected) this.#socket.unref();
  }

  #send(pending: Pending): void {
    if (pending.unsent === undefined) return;
    pending.framesBefore = this.#framesReceived;
    this.#write(pending.unsent);
    pending.unsent = undefined;
  }

  // Everything written in one turn of the event loop leaves in one system call.
  #write(frame: Buffer): void {
    if (!this.#corked) {
      this.#corked = true;
      this.#socket.cork();
      process.nextTick(() => {
        this.#corked = false;
        this.#socket.uncork();
      });
    }
    this.#socket.write(frame);
  }

  #encode(command: RemotingCommand, opaque: number): Buffer {
    const frame = encodeFrame({
      code: command.code,
      fields: command.fields,
      body: command.body,
      opaque,
      kind: "request",
    });
    if (frame.length <= this.#settings.maxFrameBytes + 4) return frame;
    throw new RemotingError(
      "REQUEST_TOO_LARGE",
      `${requestCodeName(command.code)} would be ${frame.length} bytes; a frame may have ${this.#settings.maxFrameBytes}`,
      { address: this.address },
    );
  }

  #refuseIfFull(code: number): void {
    const { maxInFlight, maxUnsentBytes } = this.#settings;
    const unsentBytes = this.#waitingBytes + this.#socket.writableLength;
    const what =
      this.#pending.size >= maxInFlight
        ? `${this.#pending.size} unanswered requests`
        : unsentBytes >= maxUnsentBytes
          ? `${unsentBytes} unsent bytes`
          : undefined;
    if (what === undefined) return;
    throw new RemotingError(
      "TOO_MANY_IN_FLIGHT",
      `${this.address} has ${what}; ${requestCodeName(code)} must wait`,
      {
        address: this.address,
        hint: "Wait for some answers before asking for more",
      },
    );
  }

  #takeOpaque(): number {
    do this.#nextOpaque = (this.#nextOpaque + 1) & 0x7fffffff;
    while (this.#pending.has(this.#nextOpaque));
    return this.#nextOpaque;
  }

  #closeIfDone(): void {
    if (this.#retired && this.#pending.size === 0) this.destroy(this.#closedByPeer());
  }

  #socketError(cause: unknown): RemotingError {
    if (!this.#connected) return connectFailed(this.address, cause);
    const reason = cause instanceof Error ? cause.message : String(cause);
    return new RemotingError("CONNECTION_CLOSED", `The connection to ${this.address} broke: ${reason}`, {
      address: this.address,
      cause,
    });
  }

  #closedByPeer(): RemotingError {
    return new RemotingError(
      "CONNECTION_CLOSED",
      `${this.address} closed the connection before it answered`,
      {
        address: this.address,
        hint: "The process at the other end was stopped, died, or refused the request: look at its log",
      },
    );
  }

  #withAddress(error: unknown): RemotingError {
    if (!(error instanceof RemotingError)) {
      return new RemotingError("FRAME_INVALID", `${this.address} sent what is no frame`, { cause: error });
    }
    return new RemotingError(error.code, `${this.address}: ${error.message}`, {
      address: this.address,
      hint: error.hint,
      cause: error,
    });
  }

  #copyFor(error: RemotingError, pending: Pending): RemotingError {
    return new RemotingError(error.code, `${requestCodeName(pending.code)}: ${error.message}`, {
      address: this.address,
      hint: error.hint,
      cause: error.cause ?? error,
      requestSent: pending.unsent === undefined,
    });
  }
}

export function aborted(address: string, signal: AbortSignal, requestSent: boolean): RemotingError {
  return new RemotingError("REQUEST_ABORTED", `The request to ${address} was given up by its caller`, {
    address,
    requestSent,
    cause: signal.reason,
  });
}

function onAbort(signal: AbortSignal, listener: () => void): () => void {
  signal.addEventListener("abort", listener, { once: true });
  return () => signal.removeEventListener("abort", listener);
}
