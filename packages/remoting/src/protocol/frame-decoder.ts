import { RemotingError } from "../errors/remoting-error.ts";
import {
  checkFrameLength,
  checkHeaderWord,
  DEFAULT_MAX_FRAME_BYTES,
  decodeFrame,
  type RemotingFrame,
} from "./frame.ts";

const NOTHING = Buffer.alloc(0);

/**
 * Cuts a byte stream into frames. Holds at most one unfinished frame, grown as its bytes arrive: an announced
 * length alone costs nothing, and a wrong one is refused at its first bytes.
 */
export class FrameDecoder {
  readonly #maxFrameBytes: number;
  #pending: Buffer = NOTHING;
  #pendingBytes = 0;
  #failure: RemotingError | undefined;

  constructor(maxFrameBytes: number = DEFAULT_MAX_FRAME_BYTES) {
    this.#maxFrameBytes = maxFrameBytes;
  }

  /** How many bytes of an unfinished frame are held. */
  get pendingBytes(): number {
    return this.#pendingBytes;
  }

  /**
   * Calls `onFrame` for each frame that the chunk completes, in order, then throws if what follows is no frame
   * (FRAME_INVALID, FRAME_TOO_LARGE). After a throw the stream has lost its place: every further push throws the same.
   */
  push(chunk: Buffer, onFrame: (frame: RemotingFrame) => void): void {
    if (this.#failure !== undefined) throw this.#failure;
    try {
      let rest = chunk;
      if (this.#pendingBytes > 0) rest = this.#finishPending(chunk, onFrame);
      let at = 0;
      while (rest.length - at >= 4) {
        const frameBytes = this.#checkStart(rest, at, rest.length);
        const end = at + 4 + frameBytes;
        if (end > rest.length) break;
        const frame = decodeFrame(rest.subarray(at + 4, end));
        at = end;
        onFrame(frame);
      }
      if (at < rest.length) this.#hold(rest.subarray(at));
    } catch (error) {
      this.#pending = NOTHING;
      this.#pendingBytes = 0;
      this.#failure =
        error instanceof RemotingError
          ? error
          : new RemotingError("FRAME_INVALID", "A frame broke", { cause: error });
      throw this.#failure;
    }
  }

  /** The stream has ended: throws FRAME_TRUNCATED if it ended inside a frame. */
  end(): void {
    if (this.#pendingBytes === 0) return;
    const announced = this.#pendingBytes >= 4 ? ` of ${4 + this.#pending.readInt32BE(0)}` : "";
    throw new RemotingError(
      "FRAME_TRUNCATED",
      `The peer closed the connection after ${this.#pendingBytes}${announced} bytes of a frame`,
      { hint: "The process at the other end died or was stopped while it answered: look at its log" },
    );
  }

  #checkStart(bytes: Buffer, at: number, end: number): number {
    const frameBytes = bytes.readInt32BE(at);
    checkFrameLength(frameBytes, this.#maxFrameBytes);
    if (end - at >= 8) checkHeaderWord(bytes.readInt32BE(at + 4), frameBytes);
    return frameBytes;
  }

  // Returns the part of the chunk behind the pending frame.
  #finishPending(chunk: Buffer, onFrame: (frame: RemotingFrame) => void): Buffer {
    let rest = chunk;
    // The length and the header word come first, so that what follows knows how much to hold.
    if (this.#pendingBytes < 8) {
      const take = Math.min(8 - this.#pendingBytes, rest.length);
      this.#hold(rest.subarray(0, take));
      rest = rest.subarray(take);
      if (this.#pendingBytes < 4) return NOTHING;
    }
    const frameBytes = this.#checkStart(this.#pending, 0, this.#pendingBytes);
    const missing = 4 + frameBytes - this.#pendingBytes;
    this.#hold(rest.subarray(0, missing), 4 + frameBytes);
    if (rest.length < missing) return NOTHING;
    this.#release(4 + frameBytes, onFrame);
    return rest.subarray(missing);
  }

  #release(end: number, onFrame: (frame: RemotingFrame) => void): void {
    const frame = decodeFrame(this.#pending.subarray(4, end));
    this.#pending = NOTHING;
    this.#pendingBytes = 0;
    onFrame(frame);
  }

  #hold(bytes: Buffer, frameEnd?: number): void {
    const needed = this.#pendingBytes + bytes.length;
    if (needed > this.#pending.length) {
      // Doubling keeps single-byte chunks linear; the announced length is only an upper bound.
      const doubled = Math.max(needed, this.#pending.length * 2, 256);
      const grown = Buffer.allocUnsafe(
        frameEnd === undefined ? doubled : Math.max(needed, Math.min(doubled, frameEnd)),
      );
      this.#pending.copy(grown, 0, 0, this.#pendingBytes);
      this.#pending = grown;
    }
    bytes.copy(this.#pending, this.#pendingBytes);
    this.#pendingBytes = needed;
  }
}
