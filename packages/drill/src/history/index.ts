export { parseLine } from "./parse-line.ts";
export type { StoredRecord } from "./record.ts";
export { headerRecord } from "./run-records.ts";
