import type { EndRecord, StoredRecord } from "@hotfire/judge/history";
import { DrillError } from "../errors/drill-error.ts";
import type { HistoryWriter } from "../history-file/history-writer.ts";

/** A disk that swallows nothing for so long would cost memory without bound: the load is open loop and does not wait. */
const longestStallMs = 15_000;

/** Takes records from everybody, and stops the run when the disk does not keep up. */
export class Recorder {
  readonly #writer: HistoryWriter;
  readonly #fail: (error: unknown) => void;
  #isOver = false;
  #stalledSince: number | undefined;

  constructor(writer: HistoryWriter, fail: (error: unknown) => void) {
    this.#writer = writer;
    this.#fail = fail;
  }

  get records(): number {
    return this.#writer.records;
  }

  /** The last record, with the number and the checksum of those before it. What comes later is not written. */
  end(record: Omit<EndRecord, "records" | "sha256">): void {
    this.write({ ...record, records: this.#writer.records, sha256: this.#writer.sha256 });
    this.#isOver = true;
  }

  /** Bound, to be handed around. Never throws: a failed write ends the run through `fail`. */
  readonly write = (record: StoredRecord): void => {
    if (this.#isOver) return;
    try {
      const wait = this.#writer.write(record);
      if (wait === undefined) return;
      this.#stalledSince ??= performance.now();
      if (performance.now() - this.#stalledSince > longestStallMs) {
        throw new DrillError("HISTORY_WRITE_FAILED", `${this.#writer.path} cannot be written fast enough.`, {
          hint: "Choose a faster disk with --out, or a lower --rate.",
        });
      }
      wait.then(
        () => {
          this.#stalledSince = undefined;
        },
        (error: unknown) => this.#fail(error),
      );
    } catch (error) {
      this.#fail(error);
    }
  };
}
