/** A list from the environment, of known words; all of them without it. */
export function listOf<T extends string>(name: string, known: readonly T[]): readonly T[] {
  const asked = process.env[name];
  if (asked === undefined || asked === "") return known;
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
