export interface Repeating {
  /** Resolves after the first turn. */
  readonly first: Promise<void>;
  /** A turn as soon as possible: now, or when the current one is over. */
  soon(): void;
  stop(): void;
}

/** Takes turns until stopped, one at a time; `pauseMs` is asked before each pause, from the begin of a turn. */
export function repeat(turn: () => Promise<void>, pauseMs: () => number): Repeating {
  let isStopped = false;
  let isBusy = false;
  let isWanted = false;
  let timer: NodeJS.Timeout | undefined;
  const run = async (): Promise<void> => {
    clearTimeout(timer);
    isBusy = true;
    isWanted = false;
    const begun = performance.now();
    try {
      await turn();
    } finally {
      isBusy = false;
      const rest = isWanted ? 0 : Math.max(1, pauseMs() - (performance.now() - begun));
      if (!isStopped) timer = setTimeout(() => void run(), rest);
    }
  };
  return {
    first: run(),
    soon: () => {
      isWanted = true;
      if (!isBusy && !isStopped) void run();
    },
    stop: () => {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
