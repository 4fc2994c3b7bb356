/** A setting at several broker groups: the value that all have, or undefined where they differ. */
export function common<T>(values: readonly T[]): T | undefined {
  const [first] = values;
  return values.every((value) => value === first) ? first : undefined;
}

/** What the user typed over a number: undefined where it is what was there, or nothing. */
export function changedNumber(typed: string, before: number | undefined): number | undefined {
  return typed === "" || Number(typed) === before ? undefined : Number(typed);
}

/** What the user saw, by broker group. */
export function seenBy<C extends { readonly group: string }>(
  configs: readonly C[],
): Record<string, Omit<C, "group">> {
  return Object.fromEntries(configs.map(({ group, ...settings }) => [group, settings]));
}
