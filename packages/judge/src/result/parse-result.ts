import { z } from "zod";
import { JudgeError } from "../errors/judge-error.ts";
import { type DrillResult, drillResultSchema } from "./result-schema.ts";

/** Reads a stored `result.json`. */
export function parseResult(text: string, name = "result.json"): DrillResult {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new JudgeError("RESULT_INVALID", `${name} is not JSON.`, { cause });
  }
  const parsed = drillResultSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new JudgeError("RESULT_INVALID", `${name} is not a drill result: ${z.prettifyError(parsed.error)}`);
}
