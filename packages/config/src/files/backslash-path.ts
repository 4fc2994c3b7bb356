import type { PropertyEntry } from "../properties/parse-properties.ts";
import type { ConfigFile } from "./config-file.ts";

/** Single backslashes: an escape each. */
const lone = /(?<!\\)(?:\\\\)*\\(?![\\\r\n])/;

/** A path that is written with backslashes, with slashes; undefined for everything else. */
export function backslashPath(file: ConfigFile, { key, valueAt, end }: PropertyEntry): string | undefined {
  const raw = file.text.slice(valueAt.offset, end);
  const isPath = /(?:path|dir|home|file)/i.test(key) || /^[A-Za-z]:\\/.test(raw);
  return isPath && lone.test(raw) && !/[\r\n]/.test(raw) ? raw.trimEnd().replaceAll(/\\+/g, "/") : undefined;
}
