import { setTimeout as sleep } from "node:timers/promises";
import { recordTime } from "./timings.ts";

export interface UntilOptions {
  /** Generous: it is reached only when something is broken. Default 30,000. */
  readonly deadlineMs?: number;
  readonly everyMs?: number;
}

/** Asks until the answer is neither undefined nor false; past the deadline says what was awaited and seen last. */
export async function until<T>(
  what: string,
  ask: () => Promise<T | undefined | false>,
  options: UntilOptions = {},
): Promise<T> {
  const { deadlineMs = 30_000, everyMs = 100 } = options;
  const startedAt = performance.now();
  const deadline = startedAt + deadlineMs;
  let seen: unknown;
  while (true) {
    try {
      const answer = await ask();
      if (answer !== undefined && answer !== false) {
        recordTime("waiting", performance.now() - startedAt);
        return answer;
      }
      seen = "nothing yet";
    } catch (error) {
      seen = error;
    }
    if (performance.now() > deadline) {
      throw new Error(`not within ${deadlineMs} ms: ${what}; last: ${String(seen)}`, { cause: seen });
    }
    await sleep(everyMs);
  }
}
