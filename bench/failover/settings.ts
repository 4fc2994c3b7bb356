/** A list from the environment, of known words; `otherwise`, or all of them, without it. */
export function listOf<const T extends string>(
  name: string,
  known: readonly T[],
  otherwise: readonly T[] = known,
): readonly T[] {
  const asked = process.env[name];
  if (asked === undefined || asked === "") return otherwise;
  return asked.split(",").map((word) => {
    const found = known.find((one) => one === word);
    if (found === undefined) throw new Error(`${name}: no ${word}; there are ${known.join(", ")}`);
    return found;
  });
}

export function numberOf(name: string, otherwise: number): number {
  const value = Number(process.env[name] || otherwise);
  if (!Number.isInteger(value) || value < 1) throw new Error(`${name} is no number of 1 or more`);
  return value;
}

/** Aborted when somebody ends the bench: what it started is taken down then. */
export function interruption(): AbortSignal {
  const stop = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    process.once(name, () => stop.abort(new Error("interrupted")));
  }
  return stop.signal;
}
