import { type ConfigKind, configKeys, configKinds } from "../config-keys/key-table.ts";
import { type Position, type PropertyEntry, parseProperties } from "../properties-file/parse-properties.ts";

/** Nobody configures a broker with more; what is larger is not read. Bytes. */
export const largestFile = 1024 * 1024;

/** One file as RocketMQ reads it. */
export interface ConfigFile {
  /** As it was named: only for findings. */
  readonly path: string;
  /** A character a byte (ISO-8859-1). */
  readonly text: string;
  readonly kind: ConfigKind;
  readonly entries: readonly PropertyEntry[];
  readonly badEscapes: readonly Position[];
  /** By key, the last of duplicates. */
  readonly byKey: ReadonlyMap<string, PropertyEntry>;
  /** Why nothing was read of it. */
  readonly unread?: "binary" | "too-large";
  readonly knownKeys: number;
}

/** Reads a file's bytes, given as a character a byte. */
export function readConfigFile(path: string, text: string): ConfigFile {
  if (text.length > largestFile) return unreadFile(path, "too-large");
  if (text.includes("\0")) return unreadFile(path, "binary");
  const { entries, badEscapes } = parseProperties(text);
  const byKey = new Map(entries.map((entry) => [entry.key, entry]));
  return { path, text, entries, badEscapes, byKey, ...kindOf(path, byKey) };
}

export function unreadFile(path: string, why: "binary" | "too-large"): ConfigFile {
  return {
    path,
    text: "",
    kind: "broker",
    entries: [],
    badEscapes: [],
    byKey: new Map(),
    unread: why,
    knownKeys: 0,
  };
}

/** The kind that knows most of the keys; of equals the one that the file is named after. */
function kindOf(path: string, byKey: ReadonlyMap<string, unknown>): Pick<ConfigFile, "kind" | "knownKeys"> {
  const name = path.slice(path.lastIndexOf("/") + 1).toLowerCase();
  let kind: ConfigKind = "broker";
  let best = -1;
  let knownKeys = 0;
  for (const candidate of configKinds) {
    const keys = configKeys(candidate);
    let known = 0;
    for (const key of byKey.keys()) if (keys.has(key)) known++;
    const score = 2 * known + (name.includes(candidate) ? 1 : 0);
    if (score > best) {
      best = score;
      kind = candidate;
      knownKeys = known;
    }
  }
  return { kind, knownKeys };
}

/** The value without blanks at its end, as it was meant. */
export function settingOf(file: ConfigFile, key: string): string | undefined {
  return file.byKey.get(key)?.value.trim();
}

export function isOn(file: ConfigFile, key: string): boolean {
  return settingOf(file, key)?.toLowerCase() === "true";
}

/** A whole number, or RocketMQ's default for the key. */
export function numberOf(file: ConfigFile, key: string): number {
  const value = settingOf(file, key);
  const text =
    value !== undefined && /^-?\d{1,15}$/.test(value) ? value : configKeys(file.kind).get(key)?.default;
  return Number(text ?? Number.NaN);
}
