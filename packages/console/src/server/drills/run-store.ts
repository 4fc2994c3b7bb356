import { open, readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { headerRecord, parseLine } from "@hotfire/judge/history";
import { parseResult } from "@hotfire/judge/result";
import type { DrillList, DrillRun } from "../../api/index.ts";
import { refuse } from "../console-error.ts";
import type { EventSink } from "../http/event-stream.ts";
import { LiveRun } from "./live-run.ts";

const files = { history: "history.ndjson", result: "result.json", report: "report.html" } as const;
/** A run writes several times a second until it judges, which takes a while on a long history. */
const quietMs = 60_000;
const tailEveryMs = 250;
const runName = /^[\w][\w.-]{0,200}$/;

/** The folder that drills write their runs to: read, never written. */
export class RunStore {
  readonly #folder: string;
  /** Results do not change: parsed once, by folder and time of change. */
  readonly #known = new Map<string, { readonly mtimeMs: number; readonly run: DrillRun }>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  async list(): Promise<DrillList> {
    const entries = await readdir(this.#folder, { withFileTypes: true }).catch(() => []);
    const names = entries
      .filter((entry) => entry.isDirectory() && runName.test(entry.name))
      .map(({ name }) => name);
    for (const id of this.#known.keys()) if (!names.includes(id)) this.#known.delete(id);
    const runs = await Promise.all(names.map((name) => this.#describe(name)));
    return {
      folder: this.#folder,
      runs: runs
        .flatMap((run) => run ?? [])
        .sort((a, b) => (b.startedAt ?? 0) - (a.startedAt ?? 0) || a.id.localeCompare(b.id)),
    };
  }

  /** @throws ConsoleError NOT_FOUND */
  async run(id: string): Promise<DrillRun> {
    const run = runName.test(id) ? await this.#describe(id) : undefined;
    if (run === undefined) throw refuse("RUN_UNKNOWN", { run: id, folder: this.#folder });
    return run;
  }

  async report(id: string): Promise<string> {
    const run = await this.run(id);
    if (!run.report) throw refuse("RUN_WITHOUT_REPORT", { run: id });
    return readFile(join(this.#folder, id, files.report), "utf8");
  }

  /** Feeds a viewer with the history from its first record, follows it while it grows, and ends with the verdict. */
  follow(id: string, sink: EventSink): () => void {
    const state = { isStopped: false };
    void this.#tail(id, sink, state).catch(() => sink.end());
    return () => {
      state.isStopped = true;
    };
  }

  async #tail(id: string, sink: EventSink, state: { readonly isStopped: boolean }): Promise<void> {
    const live = new LiveRun();
    const file = await open(join(this.#folder, id, files.history));
    try {
      let rest = "";
      let position = 0;
      const decoder = new TextDecoder();
      const piece = Buffer.alloc(256 * 1024);
      while (!state.isStopped && !sink.signal.aborted) {
        const { bytesRead } = await file.read(piece, 0, piece.length, position);
        position += bytesRead;
        const lines = (rest + decoder.decode(piece.subarray(0, bytesRead), { stream: true })).split("\n");
        rest = lines.pop() ?? "";
        for (const line of lines) {
          for (const { name, data } of live.push(parseLine(line, files.history))) sink.send(name, data);
        }
        if (bytesRead > 0) {
          await new Promise((resolve) => setImmediate(resolve));
          continue;
        }
        const run = await this.run(id);
        if (run.state !== "running") {
          sink.send("verdict", run);
          break;
        }
        await new Promise((resolve) => setTimeout(resolve, tailEveryMs));
      }
    } finally {
      await file.close();
      sink.end();
    }
  }

  async #describe(id: string): Promise<DrillRun | undefined> {
    const folder = join(this.#folder, id);
    const [result, history, report] = await Promise.all(
      [files.result, files.history, files.report].map((name) =>
        stat(join(folder, name)).catch(() => undefined),
      ),
    );
    if (result === undefined && history === undefined) return undefined;
    const mtimeMs = result?.mtimeMs ?? history?.mtimeMs ?? 0;
    const known = this.#known.get(id);
    if (result !== undefined && known?.mtimeMs === mtimeMs && known.run.report === (report !== undefined)) {
      return known.run;
    }
    const isRunning = Date.now() - mtimeMs < quietMs;
    const run =
      result === undefined
        ? await describeUnjudged(id, folder, isRunning)
        : await describeJudged(id, folder, report !== undefined);
    if (result !== undefined) this.#known.set(id, { mtimeMs, run });
    return run;
  }
}

async function describeJudged(id: string, folder: string, report: boolean): Promise<DrillRun> {
  try {
    const result = parseResult(await readFile(join(folder, files.result), "utf8"));
    return {
      id,
      drill: result.run.drill,
      mode: result.run.cluster.mode,
      cluster: result.run.cluster.name,
      startedAt: Date.parse(result.run.clock.origin),
      state: "done",
      verdict: result.verdict,
      sentence: result.sentence,
      reasons: [...result.reasons],
      worstRtoUs: result.worstRto ?? null,
      lost: result.accounting.lost.count,
      report,
    };
  } catch {
    return { ...blank(id), report, reasons: [`${files.result} cannot be read`] };
  }
}

async function describeUnjudged(id: string, folder: string, isRunning: boolean): Promise<DrillRun> {
  const header = await readHeader(join(folder, files.history)).catch(() => undefined);
  if (header === undefined) return { ...blank(id), state: isRunning ? "running" : "broken" };
  return {
    ...blank(id),
    drill: header.drill,
    mode: header.cluster.mode,
    cluster: header.cluster.name,
    startedAt: Date.parse(header.clock.origin),
    state: isRunning ? "running" : "broken",
  };
}

async function readHeader(path: string) {
  const file = await open(path);
  try {
    const piece = Buffer.alloc(256 * 1024);
    const { bytesRead } = await file.read(piece, 0, piece.length, 0);
    const [line = ""] = piece.toString("utf8", 0, bytesRead).split("\n");
    return headerRecord.parse(JSON.parse(line));
  } finally {
    await file.close();
  }
}

function blank(id: string): DrillRun {
  return {
    id,
    // `writer-kill-20260131T120000Z`
    drill: id.replace(/-\d{8}T\d{6}Z$/, ""),
    mode: null,
    cluster: null,
    startedAt: null,
    state: "broken",
    verdict: null,
    sentence: null,
    reasons: [],
    worstRtoUs: null,
    lost: null,
    report: false,
  };
}
