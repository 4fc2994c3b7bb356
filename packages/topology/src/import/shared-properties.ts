import type { Properties } from "../spec/cluster-spec.ts";

/** Entries that all have, with the same value. */
export function common(all: readonly Properties[]): Record<string, string> {
  const [first = {}, ...others] = all;
  return Object.fromEntries(
    Object.entries(first).filter(([key, value]) =>
      others.every((other) => Object.hasOwn(other, key) && other[key] === value),
    ),
  );
}

/** What is left of a map without the keys of others. */
export function without(properties: Properties, ...others: readonly Properties[]): Record<string, string> {
  return Object.fromEntries(
    Object.entries(properties).filter(([key]) => others.every((other) => !Object.hasOwn(other, key))),
  );
}
