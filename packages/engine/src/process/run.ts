import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

export interface RunOptions {
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
  /** Every line of stdout and stderr as it comes. */
  readonly onLine?: (line: string) => void;
}

export interface RunResult {
  /** Exit code, or undefined when the process was ended by a signal. */
  readonly code: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  /** The last lines of both streams together. */
  readonly tail: readonly string[];
}

const tailLength = 40;
const maxCaptured = 8 * 1024 * 1024;

/**
 * Runs a program to its end. Rejects only when it cannot be started (`ENOENT`, `EACCES`) or the signal aborts;
 * a non-zero exit code is a result. The child has a process group of its own: Ctrl-C at the terminal reaches
 * this process, which decides what happens to the child.
 */
export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  return new Promise((resolve, reject) => {
    const signals = [
      options.signal,
      options.timeoutMs === undefined ? undefined : AbortSignal.timeout(options.timeoutMs),
    ];
    const signal = AbortSignal.any(signals.filter((s) => s !== undefined));
    if (signal.aborted) return reject(signal.reason);
    const child = spawn(command, args, {
      stdio: ["pipe", "pipe", "pipe"],
      detached: true,
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      env: { ...process.env, ...options.env },
    });
    const tail: string[] = [];
    const captured = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"] as const) {
      createInterface({ input: child[name] }).on("line", (line) => {
        if (captured[name].length < maxCaptured) captured[name] += `${line}\n`;
        tail.push(line);
        if (tail.length > tailLength) tail.shift();
        options.onLine?.(line);
      });
    }
    const abort = () => child.kill("SIGTERM");
    signal.addEventListener("abort", abort, { once: true });
    child.once("error", (error) => {
      signal.removeEventListener("abort", abort);
      reject(error);
    });
    child.once("close", (code) => {
      signal.removeEventListener("abort", abort);
      if (signal.aborted) reject(signal.reason);
      else resolve({ code: code ?? undefined, ...captured, tail });
    });
    // A child that exits without reading its input breaks the pipe; its exit code tells the story.
    child.stdin.on("error", () => {});
    child.stdin.end(options.input ?? "");
  });
}
