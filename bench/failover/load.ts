import { type DrillEvent, type DrillOutcome, failoverSeries, runDrill } from "@hotfire/drill";
import type { DockerClient } from "@hotfire/engine";
import { parseSpec } from "@hotfire/topology";

export interface LoadOptions {
  readonly docker: DockerClient;
  /** Keys of a cluster spec: `name` and `mode` at least. */
  readonly spec: Readonly<Record<string, unknown>>;
  /** Sends per second. */
  readonly rate: number;
  /** Whether a client tries once more, a second later, what failed. */
  readonly retries?: boolean;
  readonly forMs: number;
  readonly folder: string;
  readonly command: string;
  readonly signal: AbortSignal;
  readonly onEvent?: (event: DrillEvent) => void;
}

/** A cluster of its own under load, for a bench that does to it what no drill does. */
export interface Load {
  /** When the load has begun; rejects when it does not. */
  readonly begun: Promise<void>;
  /** What the judge says of the whole time. */
  readonly outcome: Promise<DrillOutcome>;
}

export function startLoad({ docker, spec, rate, retries, forMs, onEvent, ...run }: LoadOptions): Load {
  const begun = Promise.withResolvers<void>();
  const outcome = runDrill({
    ...run,
    docker,
    drill: {
      ...failoverSeries,
      ...(retries === true ? { workload: { retry: { times: 1, afterMs: 1000 } } } : {}),
      steps: [{ do: "hold", forMs }],
    },
    place: {
      kind: "own",
      spec: parseSpec(JSON.stringify({ version: 1, console: false, ...spec })),
      keep: false,
    },
    seed: 1,
    limits: [],
    workload: { rate },
    build: false,
    onEvent: (event) => {
      onEvent?.(event);
      if (event.type === "phase" && event.name === "baseline") begun.resolve();
    },
  });
  outcome.catch(begun.reject);
  return { begun: begun.promise, outcome };
}
