import { messageOf } from "@hotfire/base";
import { RemotingError } from "@hotfire/remoting";
import type { Silence } from "../../api/index.ts";

/** What is known of a node that may not answer: since when, and why. */
export interface Reachability {
  readonly health: "ok" | "starting" | "unreachable";
  readonly lastSeen: number | null;
  readonly unreachableSince: number | null;
  readonly problem: string | undefined;
  readonly silence: Silence | undefined;
}

/** What a node is said to do that is reached, and gives no sign of life in time. */
export const noAnswer = "does not answer";

/** A busy machine makes a node miss one look; a refused connection is no accident. */
const missesUntilUnreachable = 2;

/** Judges a node by its answers and its silence. */
export class ReachabilityLog {
  #lastSeen: number | null = null;
  #misses = 0;
  #unreachableSince: number | null = null;
  #why: Why | undefined;

  seen(now: number): void {
    this.#lastSeen = now;
    this.#misses = 0;
    this.#unreachableSince = null;
    this.#why = undefined;
  }

  missed(now: number, error: unknown): void {
    this.#misses += 1;
    this.#why = whyOf(error);
    if (this.#unreachableSince === null && (isDefinite(error) || this.#misses >= missesUntilUnreachable)) {
      this.#unreachableSince = this.#lastSeen ?? now;
    }
  }

  get isUnreachable(): boolean {
    return this.#unreachableSince !== null;
  }

  get lastSeen(): number | null {
    return this.#lastSeen;
  }

  state(hasRole: boolean): Reachability {
    const health =
      this.#unreachableSince !== null
        ? "unreachable"
        : this.#lastSeen === null || !hasRole
          ? "starting"
          : "ok";
    return {
      health,
      lastSeen: this.#lastSeen,
      unreachableSince: this.#unreachableSince,
      problem: this.#why?.problem,
      silence: this.#why?.silence,
    };
  }
}

function isDefinite(error: unknown): boolean {
  return (
    error instanceof RemotingError && (error.code === "CONNECT_FAILED" || error.code === "CONNECTION_CLOSED")
  );
}

export interface Why {
  /** A line for a table cell; the address is beside it. */
  readonly problem: string;
  readonly silence: Silence;
}

/** Why a node could not be asked, in English and as a code. */
export function whyOf(error: unknown): Why {
  if (!(error instanceof RemotingError)) {
    const problem = messageOf(error);
    return { problem, silence: problem === noAnswer ? "silent" : "other" };
  }
  switch (error.code) {
    case "CONNECT_FAILED":
      return { problem: "refuses connections", silence: "refuses" };
    case "CONNECTION_CLOSED":
      return { problem: "closed the connection", silence: "closed" };
    case "DEADLINE_PASSED":
      return { problem: noAnswer, silence: "silent" };
    default:
      return { problem: error.message, silence: "other" };
  }
}
