import { z } from "zod";
import { nearest } from "../spec/suggest.ts";
import table from "./5.5.0.json" with { type: "json" };

export const configKinds = ["broker", "namesrv", "controller", "proxy"] as const;
/** The process that reads a configuration file. */
export type ConfigKind = (typeof configKinds)[number];

const keySchema = z.strictObject({
  of: z.string(),
  type: z.enum(["int", "long", "boolean", "double", "float", "String", "enum"]),
  values: z.array(z.string()).optional(),
  default: z.string().nullable(),
});

export interface ConfigKey {
  /** RocketMQ's configuration class. */
  readonly of: string;
  readonly type: "int" | "long" | "boolean" | "double" | "float" | "String" | "enum";
  /** Of an enum. */
  readonly values?: readonly string[] | undefined;
  /** As RocketMQ writes it; null where there is none or the machine decides. */
  readonly default: string | null;
}

const tableSchema = z.record(z.enum(configKinds), z.record(z.string(), keySchema));
const parsed = tableSchema.parse(table);

const maps = new Map<ConfigKind, ReadonlyMap<string, ConfigKey>>(
  configKinds.map((kind) => [kind, new Map(Object.entries(parsed[kind]))]),
);
const none: ReadonlyMap<string, ConfigKey> = new Map();

/** Every key that this kind of process takes in RocketMQ 5.5.0, as its jars say (`scripts/config-keys.ts`). */
export function configKeys(kind: ConfigKind): ReadonlyMap<string, ConfigKey> {
  return maps.get(kind) ?? none;
}

const guesses = new Map<string, string | undefined>();

/** The known key that a mistyped one was most likely meant to be. */
export function nearestKey(kind: ConfigKind, key: string): string | undefined {
  const id = `${kind} ${key}`;
  // The same slip is copied from file to file, and each guess looks at some 500 keys.
  if (!guesses.has(id)) {
    if (guesses.size > 1000) guesses.clear();
    guesses.set(id, nearest(key, [...configKeys(kind).keys()]));
  }
  return guesses.get(id);
}
