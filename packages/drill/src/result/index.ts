export { parseResult } from "./parse-result.ts";
export type { DrillResult } from "./result-schema.ts";
