import { RemotingError } from "@hotfire/remoting";

/** What is known of a node that may not answer: since when, and why. */
export interface Reachability {
  readonly health: "ok" | "starting" | "unreachable";
  readonly lastSeen: number | null;
  readonly unreachableSince: number | null;
  readonly problem: string | undefined;
}

/** A busy machine makes a node miss one look; a refused connection is no accident. */
const missesUntilUnreachable = 2;

/** Judges a node by its answers and its silence. */
export class ReachabilityLog {
  #lastSeen: number | null = null;
  #misses = 0;
  #unreachableSince: number | null = null;
  #problem: string | undefined;

  seen(now: number): void {
    this.#lastSeen = now;
    this.#misses = 0;
    this.#unreachableSince = null;
    this.#problem = undefined;
  }

  missed(now: number, error: unknown): void {
    this.#misses += 1;
    this.#problem = shortProblem(error);
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
      problem: this.#problem,
    };
  }
}

function isDefinite(error: unknown): boolean {
  return (
    error instanceof RemotingError && (error.code === "CONNECT_FAILED" || error.code === "CONNECTION_CLOSED")
  );
}

/** A line for a table cell; the address is beside it. */
export function shortProblem(error: unknown): string {
  if (!(error instanceof RemotingError)) return error instanceof Error ? error.message : String(error);
  switch (error.code) {
    case "CONNECT_FAILED":
      return "refuses connections";
    case "CONNECTION_CLOSED":
      return "closed the connection";
    case "DEADLINE_PASSED":
      return "does not answer";
    default:
      return error.message;
  }
}
