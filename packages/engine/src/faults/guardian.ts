import { spawn } from "node:child_process";
import { once } from "node:events";
import { Socket } from "node:net";
import { fileURLToPath } from "node:url";
import { EngineError } from "../errors/engine-error.ts";

export interface GuardianOptions {
  readonly cluster: string;
  /** What becomes of the cluster when this process dies without a word. */
  readonly whenLost: "heal" | "remove";
}

export interface Guardian {
  /** All is well: the guardian ends and does nothing. */
  release(): Promise<void>;
}

const program = fileURLToPath(new URL("./guardian-process.ts", import.meta.url));
/** It has to start a runtime, on a machine that may be busy starting brokers. */
const readyWithinMs = 30_000;

/**
 * A process of a session of its own that holds the other end of a pipe: however this process dies, the pipe ends, and
 * the guardian heals (or removes) the cluster. It does not keep this process alive. What it did is in `guardianLog`.
 */
export async function startGuardian({ cluster, whenLost }: GuardianOptions): Promise<Guardian> {
  const child = spawn(process.execPath, [program, cluster, whenLost], {
    detached: true,
    stdio: ["pipe", "pipe", "ignore"],
  });
  const exited = once(child, "exit").catch(() => {});
  // It says one word when it is there.
  const ready = once(child.stdout, "data", { signal: AbortSignal.timeout(readyWithinMs) });
  const isReady = await Promise.race([ready.then(() => true), exited.then(() => false)]).catch(() => false);
  if (!isReady) {
    child.kill("SIGKILL");
    throw new EngineError("FAULT_UNAVAILABLE", "The process that heals after this one did not start.", {
      hint: "Faults without it could outlive a crash. See whether this machine can start more processes.",
    });
  }
  child.stdin.on("error", () => {});
  child.stdout.destroy();
  child.unref();
  if (child.stdin instanceof Socket) child.stdin.unref();
  return {
    async release() {
      child.ref();
      child.stdin.end("release\n");
      await exited;
    },
  };
}
