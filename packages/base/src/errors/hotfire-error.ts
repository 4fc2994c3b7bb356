/** Whose fault an error is: the person's input, this tool (a bug), or the engine and machine below it. */
export type Blame = "user" | "tool" | "engine";

export interface ErrorDetails {
  /** What to do about it, as a sentence or a command. */
  readonly hint?: string;
  readonly cause?: unknown;
}

export interface ErrorRow {
  readonly blame: Blame;
  readonly meaning: string;
}

/** What the codes of a package mean; `docs/reference/errors.md` has a row for each and a test holds the two together. */
export type ErrorTable<Code extends string = string> = Readonly<Record<Code, ErrorRow>>;

/**
 * The base of every error a person can meet. `code` is stable and documented in `docs/reference/errors.md`;
 * the message says what happened and why, the hint what to do.
 */
export abstract class HotfireError<Code extends string = string> extends Error {
  readonly code: Code;
  readonly blame: Blame;
  readonly hint: string | undefined;

  protected constructor(code: Code, blame: Blame, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = new.target.name;
    this.code = code;
    this.blame = blame;
    this.hint = details.hint;
  }
}
