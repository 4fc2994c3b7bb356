import { z } from "zod";

/** What came of one part of the proof: a file of end-to-end tests, or a stage such as `lint`. */
export const outcomeSchema = z.object({
  what: z.string(),
  passed: z.number().int(),
  failed: z.number().int(),
  skipped: z.number().int(),
  seconds: z.number(),
});

export type Outcome = z.output<typeof outcomeSchema>;

/** The newest of each part, from the lines that one or several runs have appended. */
export function newestOutcomes(lines: string): Map<string, Outcome> {
  const outcomes = lines
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => outcomeSchema.parse(JSON.parse(line)));
  return new Map(outcomes.map((outcome) => [outcome.what, outcome]));
}
