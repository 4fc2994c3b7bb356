import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** Just below what a broker takes for a frame (com.rocketmq.remoting.frameMaxLength, 16 MiB). */
const announcedBytes = 16_000_000;
const sentBytes = 15_000_000;

/**
 * A client that stalls in the middle of a message, and comes back whenever it is cut off: the broker keeps in direct memory
 * what has come of a frame until the rest does. Returns once `signal` is aborted.
 */
export async function holdHalfMessages(host: string, port: number, signal: AbortSignal): Promise<void> {
  const half = Buffer.alloc(4 + sentBytes);
  half.writeInt32BE(announcedBytes);
  while (!signal.aborted) {
    const socket = connect({ host, port });
    const closed = new Promise<void>((resolve) => void socket.once("close", () => resolve()));
    // Refused or reset: that is what a process without memory does.
    socket.on("error", () => undefined);
    const stop = () => void socket.destroy();
    signal.addEventListener("abort", stop, { once: true });
    socket.write(half);
    await closed;
    signal.removeEventListener("abort", stop);
    await sleep(1000);
  }
}
