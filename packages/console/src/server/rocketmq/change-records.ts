import { isDeepStrictEqual } from "node:util";
import type { ChangeResult } from "../../api/index.ts";
import { refuse } from "../console-error.ts";
import type { ClusterAccess, Source } from "./access.ts";

type Settings = Readonly<Record<string, unknown>>;

export interface RecordChange<Record> {
  /** For messages: `topic orders`. */
  readonly name: string;
  readonly groups: readonly string[] | undefined;
  /** What the user saw, by broker group. */
  readonly expected: Readonly<{ [group: string]: Settings }> | undefined;
  /** What a broker has; undefined: nothing of the name. */
  readonly read: (source: Source) => Promise<Record | undefined>;
  /** A record as the API shows it. */
  readonly shown: (record: Record) => Settings;
  readonly write: (source: Source, record: Record) => Promise<unknown>;
}

/**
 * Brokers replace a topic's or consumer group's record as a whole: so it is read, changed and written back where it was, and
 * nothing is written anywhere if one of the records is no longer what the user saw.
 * @throws ConsoleError NOT_FOUND, CHANGED_MEANWHILE, UNREACHABLE
 */
export async function changeRecords<Record>(
  access: ClusterAccess,
  { name, groups, expected, read, shown, write }: RecordChange<Record>,
): Promise<ChangeResult> {
  const named = groups ?? (expected === undefined ? undefined : Object.keys(expected));
  const found = await Promise.all(
    access.writers(named).map(async (source) => ({ source, record: await read(source) })),
  );
  const targets = found.flatMap(({ source, record }) => {
    const seen = expected?.[source.group];
    if (record === undefined) {
      if (named === undefined) return [];
      if (seen !== undefined) throw refuse("RECORD_GONE", { group: source.group, name });
      throw refuse("RECORD_UNKNOWN", { group: source.group, name });
    }
    if (seen !== undefined) checkUnchanged(`${name} of ${source.group}`, seen, shown(record));
    return [{ ...source, source, record }];
  });
  if (targets.length === 0) throw refuse("RECORD_UNKNOWN_ANYWHERE", { name });
  return access.changeAt(
    targets,
    ({ group }) => group,
    ({ source, record }) => write(source, record),
  );
}

/** @throws ConsoleError CHANGED_MEANWHILE with the first setting that is another one by now */
export function checkUnchanged(of: string, seen: Settings, now: Settings): void {
  for (const [key, value] of Object.entries(seen)) {
    if (value === undefined || isDeepStrictEqual(value, now[key])) continue;
    const seenText = JSON.stringify(value);
    throw refuse("SETTING_CHANGED", { key, of, now: JSON.stringify(now[key]) ?? "unset", seen: seenText });
  }
}
