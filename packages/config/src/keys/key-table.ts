import { nearest } from "@hotfire/base";
import { z } from "zod";
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

type Keys = ReadonlyMap<string, ConfigKey>;
let maps: Readonly<Record<ConfigKind, Keys>> | undefined;

/** Most commands ask for no key: the table is read when the first one is asked for. */
function readTable(): Readonly<Record<ConfigKind, Keys>> {
  const { broker, namesrv, controller, proxy } = tableSchema.parse(table);
  const map = (keys: Readonly<Record<string, ConfigKey>>): Keys => new Map(Object.entries(keys));
  return { broker: map(broker), namesrv: map(namesrv), controller: map(controller), proxy: map(proxy) };
}

/** Every key that this kind of process takes in RocketMQ 5.5.0, as its jars say (`scripts/config-keys.ts`). */
export function configKeys(kind: ConfigKind): Keys {
  maps ??= readTable();
  return maps[kind];
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
