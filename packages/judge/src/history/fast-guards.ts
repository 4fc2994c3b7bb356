import { bounds } from "./bounds.ts";
import { type ConsumeRecord, clientKinds, outcomes, type SendRecord } from "./operations.ts";
import type { ReadBackRecord } from "./read-back-records.ts";

/**
 * The three record types that come by the million are checked by hand: zod takes longer over one than JSON.parse
 * does. A property test holds these guards to their schemas; whatever they refuse goes to zod, which says why.
 */

type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isUpTo(max: number, value: unknown): boolean {
  return typeof value === "number" && value >= 0 && value <= max && Number.isInteger(value);
}

function isMoment(value: unknown): boolean {
  return isUpTo(bounds.moment, value);
}

function isOffset(value: unknown): boolean {
  return isUpTo(bounds.offset, value);
}

function isText(value: unknown, min: number, max: number): boolean {
  return typeof value === "string" && value.length >= min && value.length <= max;
}

function isOptionalText(value: unknown, min: number, max: number): boolean {
  return value === undefined || isText(value, min, max);
}

function isOptionalInt(value: unknown): boolean {
  return value === undefined || Number.isSafeInteger(value);
}

const knownClients: ReadonlySet<unknown> = new Set(clientKinds);
const knownOutcomes: ReadonlySet<unknown> = new Set(outcomes);

function isOperation(value: Fields): boolean {
  return (
    isMoment(value["scheduled"]) &&
    isMoment(value["sent"]) &&
    isMoment(value["done"]) &&
    isText(value["group"], 1, 255) &&
    isText(value["topic"], 1, 255) &&
    isUpTo(bounds.queue, value["queue"]) &&
    knownOutcomes.has(value["outcome"]) &&
    knownClients.has(value["client"]) &&
    isOptionalText(value["broker"], 1, 255) &&
    isOptionalInt(value["code"]) &&
    isOptionalText(value["error"], 0, 400)
  );
}

export function isSendRecord(value: unknown): value is SendRecord {
  return (
    isFields(value) &&
    value["type"] === "send" &&
    isUpTo(bounds.sequence, value["sequence"]) &&
    isOperation(value) &&
    isOptionalText(value["key"], 0, 255) &&
    isOptionalText(value["messageId"], 0, 128) &&
    (value["attempts"] === undefined ||
      (isUpTo(1000, value["attempts"]) && Number(value["attempts"]) >= 2)) &&
    (value["offset"] === undefined || isOffset(value["offset"]))
  );
}

function isSequence(value: unknown): boolean {
  return value === -1 || isUpTo(bounds.sequence, value);
}

export function isConsumeRecord(value: unknown): value is ConsumeRecord {
  if (!isFields(value) || value["type"] !== "consume" || !isOperation(value)) return false;
  const rows = value["messages"];
  if (!isText(value["consumerGroup"], 1, 255) || !Array.isArray(rows)) return false;
  for (const row of rows) {
    if (!Array.isArray(row) || row.length !== 2 || !isOffset(row[0]) || !isSequence(row[1])) return false;
  }
  return true;
}

export function isReadBackRecord(value: unknown): value is ReadBackRecord {
  if (!isFields(value) || value["type"] !== "read-back" || !isMoment(value["at"])) return false;
  if (!isText(value["group"], 1, Number.POSITIVE_INFINITY)) return false;
  if (!isText(value["node"], 1, Number.POSITIVE_INFINITY)) return false;
  if (!isText(value["topic"], 1, Number.POSITIVE_INFINITY)) return false;
  if (typeof value["authoritative"] !== "boolean" || !isUpTo(bounds.queue, value["queue"])) return false;
  const rows = value["messages"];
  if (!Array.isArray(rows)) return false;
  for (const row of rows) {
    if (!Array.isArray(row) || row.length !== 3) return false;
    if (!isOffset(row[0]) || !isSequence(row[1]) || !isUpTo(bounds.crc, row[2])) return false;
  }
  return true;
}
