import { type ErrorTable, errorClass } from "@hotfire/base";

/** One row per code; `docs/reference/errors.md` carries the same rows. */
export const judgeErrors = {
  HISTORY_CORRUPT: {
    blame: "user",
    meaning:
      "A line of the history, other than a torn last one, is not a record; nothing after it can be trusted.",
  },
  HISTORY_VERSION: {
    blame: "user",
    meaning: "The history was written in a format that this version does not read.",
  },
  LIMIT_INVALID: {
    blame: "user",
    meaning: "A limit is not NAME=VALUE with a known name and a value of its kind.",
  },
  RESULT_INVALID: { blame: "user", meaning: "A stored result is not in the published form." },
} satisfies ErrorTable;

export type JudgeErrorCode = keyof typeof judgeErrors;

/** What cannot be judged, or not by what was asked for. */
export class JudgeError extends errorClass(judgeErrors) {}
