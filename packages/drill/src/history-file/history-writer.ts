import { createHash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import type { StoredRecord } from "@hotfire/judge/history";
import { DrillError } from "../errors/drill-error.ts";

/** When written lines are forced to disk. Facts about faults are forced at once under both. */
export type FsyncPolicy =
  /** At faults and at the end; a power cut may cost the last operations. */
  | { readonly kind: "milestones" }
  /** Also every so many milliseconds. */
  | { readonly kind: "interval"; readonly ms: number };

export interface HistoryWriterOptions {
  /** Default: every 1,000 ms. */
  readonly fsync?: FsyncPolicy;
  /** Bytes that may wait for the disk before `write` asks its caller to wait. Default 8 MiB. */
  readonly highWaterBytes?: number;
}

const batchBytes = 256 * 1024;

/**
 * Writes a history as it happens. `write` never blocks; it returns a promise when the caller should wait (open-loop
 * senders await it between operations, so memory stays bounded and the stall shows up as scheduling error).
 * One failed write fails every later call: a history with a hole is no evidence.
 */
export class HistoryWriter {
  readonly path: string;
  readonly #file: FileHandle;
  readonly #highWater: number;
  readonly #timer: NodeJS.Timeout | undefined;
  /** Of everything that was handed to the file. */
  readonly #hash = createHash("sha256");
  #lines: string[] = [];
  #queuedBytes = 0;
  #records = 0;
  #flushing: Promise<void> | undefined;
  #syncWanted = false;
  #failure: DrillError | undefined;
  #closed = false;

  private constructor(path: string, file: FileHandle, options: HistoryWriterOptions) {
    this.path = path;
    this.#file = file;
    this.#highWater = options.highWaterBytes ?? 8 * 1024 * 1024;
    const policy = options.fsync ?? { kind: "interval", ms: 1000 };
    if (policy.kind === "interval") {
      this.#timer = setInterval(() => {
        this.#syncWanted = true;
        void this.#flush().catch(() => undefined);
      }, policy.ms);
      this.#timer.unref();
    }
  }

  /** Creates the file; one that exists is evidence of another run and is not overwritten. */
  static async create(path: string, options: HistoryWriterOptions = {}): Promise<HistoryWriter> {
    try {
      return new HistoryWriter(path, await open(path, "wx"), options);
    } catch (cause) {
      throw new DrillError("HISTORY_WRITE_FAILED", `Cannot create ${path}.`, {
        cause,
        hint: "Choose a new directory with --out; a run never overwrites another one's history.",
      });
    }
  }

  /** Records written so far; the end record carries this number. */
  get records(): number {
    return this.#records;
  }

  /** SHA-256 of everything written so far, in hexadecimal; the end record carries it. */
  get sha256(): string {
    return this.#hash.copy().update(this.#lines.join(""), "utf8").digest("hex");
  }

  write(record: StoredRecord): Promise<void> | undefined {
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#closed) throw new DrillError("HISTORY_WRITE_FAILED", `${this.path} is closed.`);
    const line = `${JSON.stringify(record)}\n`;
    this.#lines.push(line);
    this.#queuedBytes += line.length;
    this.#records += 1;
    if (isMilestone(record)) this.#syncWanted = true;
    if (this.#syncWanted || this.#queuedBytes >= batchBytes) {
      const flushed = this.#flush();
      flushed.catch(() => undefined);
      if (this.#queuedBytes >= this.#highWater) return flushed;
    }
    return undefined;
  }

  /** Everything written so far is in the file, and on disk. */
  async sync(): Promise<void> {
    this.#syncWanted = true;
    await this.#flush();
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    clearInterval(this.#timer);
    try {
      await this.sync();
    } finally {
      await this.#file.close();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #flush(): Promise<void> {
    this.#flushing ??= this.#drain().finally(() => {
      this.#flushing = undefined;
    });
    return this.#flushing;
  }

  async #drain(): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure;
    try {
      while (this.#lines.length > 0 || this.#syncWanted) {
        const chunk = Buffer.from(this.#lines.join(""), "utf8");
        const sync = this.#syncWanted;
        this.#hash.update(chunk);
        this.#lines = [];
        this.#syncWanted = false;
        let written = 0;
        while (written < chunk.length) written += (await this.#file.write(chunk, written)).bytesWritten;
        if (sync) await this.#file.datasync();
        this.#queuedBytes = this.#lines.reduce((sum, line) => sum + line.length, 0);
      }
    } catch (cause) {
      this.#failure = new DrillError("HISTORY_WRITE_FAILED", `Writing ${this.path} failed.`, {
        cause,
        hint: "Is the disk full? The run's evidence ends here.",
      });
      throw this.#failure;
    }
  }
}

function isMilestone(record: StoredRecord): boolean {
  return record.type === "header" || record.type === "end" || record.type.startsWith("fault-");
}
