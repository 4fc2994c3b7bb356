import { spawn } from "node:child_process";
import { kindOfCommand, recordTime } from "./timings.ts";

export interface RunOptions {
  readonly cwd?: string;
  /** Added to this process's environment; undefined takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly input?: string;
  /** Its stdin stays open until `endInput`, or until this process is gone. */
  readonly openInput?: boolean;
  /** In a process group of its own, so that a signal can reach it and its children, as Ctrl-C does. */
  readonly group?: boolean;
  /** Killed and reported when it takes longer. Default 240,000. */
  readonly deadlineMs?: number;
}

export interface RunResult {
  readonly command: string;
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly tookMs: number;
}

export interface RunningProcess {
  /** What it has written to stdout and stderr up to now. */
  output(): string;
  /** What waits for the end of its input ends; started with `openInput` only. */
  endInput(): void;
  /** Ctrl-C: SIGINT to the process group; started with `group` only. */
  interrupt(): void;
  /** SIGKILL to the process group; started with `group` only. */
  kill(): void;
  readonly finished: Promise<RunResult>;
}

/** Starts a program. `finished` rejects only if it cannot be started or does not end within its deadline. */
export function start(command: string, args: readonly string[], options: RunOptions = {}): RunningProcess {
  const startedAt = performance.now();
  const child = spawn(command, args, {
    cwd: options.cwd,
    detached: options.group === true,
    env: { ...process.env, NO_COLOR: "1", ...options.env },
    stdio: [options.input === undefined && !options.openInput ? "ignore" : "pipe", "pipe", "pipe"],
  });
  if (!options.openInput) child.stdin?.end(options.input);
  const text = [command, ...args].join(" ");
  const streams = { stdout: "", stderr: "" };
  child.stdout?.setEncoding("utf8").on("data", (chunk: string) => {
    streams.stdout += chunk;
  });
  child.stderr?.setEncoding("utf8").on("data", (chunk: string) => {
    streams.stderr += chunk;
  });
  const finished = new Promise<RunResult>((resolve, reject) => {
    const deadlineMs = options.deadlineMs ?? 240_000;
    const timer = setTimeout(() => {
      child.kill("SIGKILL");
      reject(
        new Error(`${text}: still running after ${deadlineMs} ms\n${streams.stdout}\n${streams.stderr}`),
      );
    }, deadlineMs);
    child.once("error", (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.once("close", (code, signal) => {
      clearTimeout(timer);
      recordTime(kindOfCommand(command, args), performance.now() - startedAt);
      resolve({ command: text, code, signal, ...streams, tookMs: performance.now() - startedAt });
    });
  });
  finished.catch(() => {});
  const interrupt = () => {
    if (child.pid !== undefined) process.kill(-child.pid, "SIGINT");
  };
  const kill = () => {
    if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
  };
  const endInput = () => void child.stdin?.end();
  return { finished, endInput, interrupt, kill, output: () => streams.stdout + streams.stderr };
}

export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  return start(command, args, options).finished;
}

/** The result, or an error that shows what the program said. */
export function succeeded(result: RunResult): RunResult {
  if (result.code === 0) return result;
  throw new Error(`${result.command}: exit code ${result.code}, signal ${result.signal}\n${tail(result)}`);
}

export function tail(result: RunResult): string {
  return `${result.stdout}\n${result.stderr}`.trim().split("\n").slice(-60).join("\n");
}
