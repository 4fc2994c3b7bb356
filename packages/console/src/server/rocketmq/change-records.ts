import { isDeepStrictEqual } from "node:util";
import type { ChangeResult } from "../../api/index.ts";
import { ConsoleError } from "../console-error.ts";
import type { ClusterAccess, Source } from "./access.ts";

type Settings = Readonly<Record<string, unknown>>;

export interface RecordChange<Record> {
  /** For messages: `topic orders`. */
  readonly what: string;
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
  { what, groups, expected, read, shown, write }: RecordChange<Record>,
): Promise<ChangeResult> {
  const named = groups ?? (expected === undefined ? undefined : Object.keys(expected));
  const found = await Promise.all(
    access.writers(named).map(async (source) => ({ source, record: await read(source) })),
  );
  const targets = found.flatMap(({ source, record }) => {
    const seen = expected?.[source.group];
    if (record === undefined) {
      if (named === undefined) return [];
      if (seen !== undefined) throw changed(`${source.group} has no ${what} any more.`);
      throw new ConsoleError("NOT_FOUND", `${source.group} has no ${what}.`);
    }
    if (seen !== undefined) checkUnchanged(`${what} of ${source.group}`, seen, shown(record));
    return [{ ...source, source, record }];
  });
  if (targets.length === 0) throw new ConsoleError("NOT_FOUND", `No broker group has a ${what}.`);
  return access.changeAt(
    targets,
    ({ group }) => group,
    ({ source, record }) => write(source, record),
  );
}

/** @throws ConsoleError CHANGED_MEANWHILE with the first setting that is another one by now */
export function checkUnchanged(what: string, seen: Settings, now: Settings): void {
  for (const [key, value] of Object.entries(seen)) {
    if (value === undefined || isDeepStrictEqual(value, now[key])) continue;
    throw changed(`${key} of ${what} is ${JSON.stringify(now[key])} by now, not ${JSON.stringify(value)}.`);
  }
}

function changed(message: string): ConsoleError {
  return new ConsoleError("CHANGED_MEANWHILE", message, { hint: "Look again, then change it." });
}
