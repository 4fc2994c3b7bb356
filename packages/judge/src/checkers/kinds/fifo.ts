import type { FifoSendRecord } from "../../history/kind-records.ts";
import { Cases, type KindViolation } from "./kind-findings.ts";
import type { Ledger } from "./ledger.ts";

/**
 * Order of each message group, by the first copy of each message: what was acknowledged before another was sent reached the consumer before
 * it, and all lie in one queue. A message that was tried again may have a later copy too; RocketMQ documents that.
 */
export function judgeFifo(ledger: Ledger<FifoSendRecord>): {
  readonly violations: readonly KindViolation[];
  readonly problems: readonly string[];
} {
  const cases = new Cases("fifo-order");
  const problems = new Set<string>();
  for (const [name, sends] of byMessageGroup(ledger)) {
    const inTurn = sends.toSorted((a, b) => a.number - b.number);
    for (const [index, send] of inTurn.entries()) {
      const before = inTurn[index - 1];
      if (before !== undefined && before.done > send.sent)
        problems.add(`two sends of ${name} were under way at once`);
    }
    const came = sends
      .flatMap((send) => {
        const first = ledger.first(send.number);
        return first === undefined ? [] : [{ send, first }];
      })
      .sort((a, b) => a.first.place - b.first.place);
    let latest: FifoSendRecord | undefined;
    for (const { send, first } of came) {
      if (first.queue !== send.queue || first.group !== send.group)
        cases.add(
          `fifo message ${send.number} of ${name} came from queue ${first.queue} of ${first.group} and not from its own`,
        );
      if (latest !== undefined && send.number < latest.number && send.outcome === "acknowledged")
        cases.add(`fifo message ${send.number} of ${name} was delivered behind ${latest.number}`);
      if (latest === undefined || send.number > latest.number) latest = send;
    }
  }
  return { violations: cases.violations, problems: [...problems] };
}

/** A message group belongs to a broker group: the same name elsewhere is another one. */
function byMessageGroup(ledger: Ledger<FifoSendRecord>): Map<string, FifoSendRecord[]> {
  return Map.groupBy(ledger.sends.values(), ({ messageGroup }) => messageGroup);
}
