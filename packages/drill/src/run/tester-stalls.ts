import type { TesterStallRecord } from "@hotfire/judge/history";
import type { RunClock } from "../workload/clock.ts";

const everyMs = 20;
/** A timer that is so late waited for this process, not for its time. */
const lateMicros = 100_000;

/** Writes when this process's event loop stood still: nothing was sent, received or seen then. Returns how to end it. */
export function watchForStalls(
  clock: Pick<RunClock, "now">,
  record: (record: TesterStallRecord) => void,
): () => void {
  let due = clock.now() + everyMs * 1000;
  const timer = setInterval(() => {
    const now = clock.now();
    if (now - due >= lateMicros) record({ type: "tester-stall", begin: due, end: now });
    due = now + everyMs * 1000;
  }, everyMs);
  return () => clearInterval(timer);
}
