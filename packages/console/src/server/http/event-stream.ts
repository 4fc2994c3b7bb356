import type { Context } from "hono";
import { streamSSE } from "hono/streaming";

const keepAliveMs = 15_000;
/** A reader that falls further behind is let go: it comes back and gets the present state. */
const maxWaiting = 10_000;

export interface EventSink {
  /** Sends behind what waits. With `latest`, an unsent one of the same name is replaced. */
  send(event: string, data: unknown, options?: { readonly latest?: boolean }): void;
  /** Ends the stream behind what waits. */
  end(): void;
  readonly signal: AbortSignal;
}

/**
 * Server-sent events; `run` starts what feeds them, and what it returns ends that. Nothing is sent any more, and the stream ends,
 * once `isAllowed` says no: it is asked before each event, and while there is none as often as the stream is kept alive.
 */
export function eventStream(
  c: Context,
  run: (sink: EventSink) => () => void,
  isAllowed: () => boolean,
): Response {
  c.header("cache-control", "no-store");
  c.header("x-accel-buffering", "no");
  return streamSSE(c, async (stream) => {
    const aborted = new AbortController();
    let waiting: { event: string; data: unknown }[] = [];
    let isEnding = false;
    let wake = () => {};
    stream.onAbort(() => {
      aborted.abort();
      wake();
    });
    const stop = run({
      send: (event, data, { latest = false } = {}) => {
        if (latest) waiting = waiting.filter((item) => item.event !== event);
        waiting.push({ event, data });
        if (waiting.length > maxWaiting) aborted.abort();
        wake();
      },
      end: () => {
        isEnding = true;
        wake();
      },
      signal: aborted.signal,
    });
    try {
      while (!aborted.signal.aborted && isAllowed()) {
        const [next] = waiting;
        if (next !== undefined) {
          waiting = waiting.slice(1);
          await stream.writeSSE({ event: next.event, data: JSON.stringify(next.data) });
          continue;
        }
        if (isEnding) break;
        const isIdle = await new Promise<boolean>((resolve) => {
          const timer = setTimeout(() => resolve(true), keepAliveMs);
          wake = () => {
            clearTimeout(timer);
            resolve(false);
          };
        });
        if (isIdle && isAllowed()) await stream.write(": still here\n\n");
      }
    } finally {
      stop();
    }
  });
}
