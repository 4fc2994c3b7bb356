interface Timed {
  readonly at: Date;
}

/**
 * Merges sources that are each in order. `by-time` gives one order over all, and so waits for the slowest source;
 * `as-they-come` waits for nobody.
 */
export async function* mergeByTime<T extends Timed>(
  sources: readonly AsyncGenerator<T>[],
  order: "by-time" | "as-they-come",
): AsyncGenerator<T> {
  try {
    yield* order === "by-time" ? inOrder(sources) : asTheyCome(sources);
  } finally {
    await Promise.all(sources.map((source) => source.return(undefined)));
  }
}

async function* inOrder<T extends Timed>(sources: readonly AsyncGenerator<T>[]): AsyncGenerator<T> {
  const heads = await Promise.all(sources.map((source) => source.next()));
  for (;;) {
    let first = -1;
    for (const [index, head] of heads.entries()) {
      const best = heads[first];
      if (head.done) continue;
      if (best === undefined || best.done || head.value.at < best.value.at) first = index;
    }
    const head = heads[first];
    const source = sources[first];
    if (head === undefined || head.done || source === undefined) return;
    yield head.value;
    heads[first] = await source.next();
  }
}

async function* asTheyCome<T>(sources: readonly AsyncGenerator<T>[]): AsyncGenerator<T> {
  const pull = async (source: AsyncGenerator<T>) => ({ source, result: await source.next() });
  const pending = new Map(sources.map((source) => [source, pull(source)]));
  while (pending.size > 0) {
    const { source, result } = await Promise.race(pending.values());
    if (result.done) pending.delete(source);
    else {
      pending.set(source, pull(source));
      yield result.value;
    }
  }
}
