import type { HistoryRecord } from "../history/record.ts";

/** What is true of a run once: told again, one of the two is not true, and nothing says which one counts. */
export class ToldOnce {
  readonly #seen = new Set<string>();
  readonly #problems = new Set<string>();

  add(record: HistoryRecord): void {
    const fact = factOf(record);
    if (fact === undefined) return;
    if (this.#seen.has(fact)) this.#problems.add(`${fact} is told twice`);
    // As many groups as queues may be, and they are few.
    if (this.#seen.size < 10_000) this.#seen.add(fact);
  }

  finish(): string[] {
    return [...this.#problems].slice(0, 20);
  }
}

function factOf(record: HistoryRecord): string | undefined {
  switch (record.type) {
    case "phase":
      if (record.name === "baseline") return "when the load began to run smoothly";
      return record.name === "drain" ? "when the load ended" : undefined;
    case "drained":
      return "whether the consumers had everything";
    case "authority":
      return `which replica of ${record.group} clients read`;
    case "sending-stopped":
      return `how many messages ${record.client} sent`;
    case "fault-planned":
      return `the plan of the fault ${record.fault}`;
    default:
      return undefined;
  }
}
