/** An error line that a healthy run brings, and why it is one. */
export interface ExpectedLogLine {
  readonly line: RegExp;
  readonly why: string;
}

/** The whole list: a line that is not here fails the file in whose tests it was written. */
export const expectedLogLines: readonly ExpectedLogLine[] = [];
