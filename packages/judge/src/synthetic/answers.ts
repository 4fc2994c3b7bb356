import type { Micros } from "../history/micros.ts";
import type { Answer, GroupModel } from "./simulate.ts";

export function healthy(
  name: string,
  rate: number,
  replicas: readonly string[],
  jitter: () => number,
): GroupModel {
  const [leader = name] = replicas;
  return {
    name,
    rate,
    send: () => good(leader, 1.5, jitter),
    pull: () => good(leader, 0.9, jitter),
    replicas,
    survives: () => true,
  };
}

export function good(broker: string, typicalMs: number, jitter: () => number): Answer {
  // A log-normal body with a thin tail, as latencies on a shared machine look.
  const spread = Math.exp((jitter() + jitter() + jitter() - 1.5) * 0.9);
  const tail = jitter() < 0.004 ? 8 + jitter() * 20 : 1;
  return { outcome: "acknowledged", latency: Math.round(typicalMs * 1000 * spread * tail), broker, code: 0 };
}

export function lost(broker: string, latency: Micros, stored: boolean): Answer {
  return { outcome: "in-doubt", latency: Math.max(1, latency), broker, error: "connection lost", stored };
}

export function refused(broker: string | undefined, jitter: () => number): Answer {
  return {
    outcome: "failed",
    latency: 300 + Math.round(jitter() * 500),
    ...(broker === undefined ? {} : { broker }),
    error: "connect ECONNREFUSED",
  };
}
