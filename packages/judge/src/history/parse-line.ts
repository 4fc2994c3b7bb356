import { z } from "zod";
import { JudgeError } from "../errors/judge-error.ts";
import { isConsumeRecord, isFields, isReadBackRecord, isSendRecord } from "./fast-guards.ts";
import { historyRecord, type StoredRecord } from "./record.ts";
import { historyVersion, kindsVersion, readableVersions, writtenHeader } from "./run-records.ts";

const written: ReadonlySet<unknown> = new Set([historyVersion, kindsVersion]);

/** Reads one line of a history; `where` names it in errors (`history.ndjson:17`). */
export function parseLine(line: string, where: string): StoredRecord {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (cause) {
    throw new JudgeError("HISTORY_CORRUPT", `${where} is not JSON.`, {
      cause,
      hint: "Every line of a history is one JSON object; only the last one may be torn.",
    });
  }
  if (isSendRecord(value) || isConsumeRecord(value) || isReadBackRecord(value)) return value;
  const version = isFields(value) && value["type"] === "header" ? { is: value["version"] } : undefined;
  if (version !== undefined && !readableVersions.some((known) => known === version.is)) {
    throw new JudgeError(
      "HISTORY_VERSION",
      `${where} says format ${JSON.stringify(version.is)}; this version reads ${readableVersions.join(", ")}.`,
    );
  }
  const parsed = (written.has(version?.is) ? writtenHeader : historyRecord).safeParse(value);
  if (parsed.success) return parsed.data;
  throw new JudgeError("HISTORY_CORRUPT", `${where} is not a record: ${z.prettifyError(parsed.error)}`);
}
