export { gapFigures, healthyStall } from "./gap-figures.ts";
export { renderJunit } from "./junit.ts";
export { lostOf, markdownCell, markdownRow } from "./markdown.ts";
export { parseResult } from "./parse-result.ts";
export type { DrillResult } from "./result-schema.ts";
export { resultJsonSchema } from "./result-schema.ts";
