import type { Micros } from "../history/micros.ts";
import type { Fault } from "./faults.ts";

/** What the engine says of a node, as far as it is evidence (`packages/engine/src/faults`). */
interface Seen {
  readonly text: string;
  /** When a process ended or began, on the run's clock; undefined where the text does not say. */
  readonly at: Micros | undefined;
}

interface Evidence {
  /** Must be seen of every node that the fault hit. */
  readonly inForce: RegExp;
  readonly healed: RegExp;
}

const exited = /^(?:handed over to \S+; )?exited(?: at \S+)? with code \d+/;
const killed = /^exited(?: at \S+)? with code 137/;
const switched = /^\S+ (?:takes the writes|leads the controllers|has the group already)\b/;
const running = /^running\b/;
const filtered = /\b[1-9]\d* packets (?:to|from) it\b|\band [1-9]\d* (?:from|to) it (?:dropped|delayed)/;
const rulesGone =
  /the rules are gone|no rules were left|the lease had ended|its rules ended with its network/;
const started = /\brunning since\b|^started\b|^running\b/;

/** State, exit code or counter that shows a kind of fault in force, and over. A kind that is not here is held to having a proof at all. */
export const evidenceOf: Readonly<Record<string, Evidence>> = {
  kill: { inForce: killed, healed: running },
  stop: { inForce: exited, healed: running },
  restart: { inForce: /exited(?: at \S+)? with code \d+; running\b/, healed: running },
  switchover: { inForce: switched, healed: switched },
  pause: { inForce: /^paused\b/, healed: /^running\b|^(?:exited|created|dead), not paused$/ },
  cut: { inForce: filtered, healed: rulesGone },
  loss: { inForce: filtered, healed: rulesGone },
  throttle: { inForce: filtered, healed: rulesGone },
  delay: { inForce: filtered, healed: rulesGone },
  "cpu-squeeze": { inForce: /^[\d.]+ CPUs, was /, healed: /^(?:no limit|[\d.]+ CPUs)$/ },
  "clock-step": {
    inForce: /^its wall clock is [1-9]\d* s (?:ahead|behind)$/,
    healed: /^its wall clock is right$/,
  },
  "disk-destroyed": { inForce: /exited(?: at \S+)? with code 137; 0 files left/, healed: started },
  "disk-full": {
    inForce: /^(?:9\d|100)(?:\.\d+)? % of /,
    healed: /^(?:[1-8]?\d(?:\.\d+)?|90(?:\.0+)?) % of /,
  },
};

/** The engine's clock and the run's may differ by so much, and a state is known a moment after it is there. */
const slack: Micros = 2_000_000;

/**
 * Why a fault is not proven to have been in force and to be over; empty when it is. A proof is evidence of a kind that fits the
 * fault, of every node that it hit, and of its moment. `origin`: wall-clock time of moment 0.
 */
export function doubtsOf(fault: Fault, others: readonly Fault[], origin: Date): string[] {
  const name = `the fault ${fault.kind} on ${fault.target}`;
  const { injected, healed } = fault;
  if (injected === undefined) {
    const [error] = fault.errors;
    return [`${name} was never injected${error === undefined ? "" : ` (${error})`}`];
  }
  const evidence = evidenceOf[fault.kind];
  const wanted = evidence?.inForce ?? /\S/;
  if (fault.nodes.length === 0) return [`${name} hit no node`];
  const seen = seenOf(injected.proof.seen, fault.nodes, origin);
  const isShown = seen.every(
    ({ text, at }) => wanted.test(text) && isWithin(at, injected.begin, injected.end),
  );
  if (!isShown) return [`${name} was never seen in force`];
  if (healed === undefined) return [`${name} was never seen healed`];
  if (healed.begin < injected.end) return [`${name} was healed before it was in force`];
  const over = evidence?.healed ?? /\S/;
  const wasKilledMeanwhile = others.some(
    (other) =>
      other !== fault &&
      ["kill", "stop", "restart", "disk-destroyed"].includes(other.kind) &&
      other.nodes.some((node) => fault.nodes.includes(node)),
  );
  const isOver = seenOf(healed.proof.seen, fault.nodes, origin).every(
    ({ text, at }) =>
      over.test(text) &&
      // What runs since before the fault was never down.
      (at === undefined || (at >= injected.begin - slack && at <= healed.end + slack)) &&
      (wasKilledMeanwhile || !text.endsWith(", not paused")),
  );
  return isOver ? [] : [`${name} was never seen healed`];
}

function isWithin(at: Micros | undefined, begin: Micros, end: Micros): boolean {
  return at === undefined || (at >= begin - slack && at <= end + slack);
}

/** The proof of each node: of several they stand behind their names. */
function seenOf(seen: string, nodes: readonly string[], origin: Date): Seen[] {
  const parts = nodes.length === 1 ? [seen.trim()] : nodes.map((node) => partOf(seen, node, nodes));
  return parts.map((text) => {
    const moment = /\b(?:exited at|running since) (\d{4}-\d\d-\d\dT[\d:.]+Z)/.exec(text)?.[1];
    const at = moment === undefined ? Number.NaN : (Date.parse(moment) - origin.getTime()) * 1000;
    return { text, at: Number.isNaN(at) ? undefined : at };
  });
}

function partOf(seen: string, node: string, nodes: readonly string[]): string {
  const begin = seen.startsWith(`${node}: `) ? 0 : seen.indexOf(`; ${node}: `);
  if (begin < 0) return "";
  const from = seen.indexOf(": ", begin) + 2;
  const ends = nodes.flatMap((other) => {
    const end = seen.indexOf(`; ${other}: `, from);
    return end < 0 ? [] : [end];
  });
  return seen.slice(from, Math.min(seen.length, ...ends));
}
