import { type ApiErrorCode, apiErrorCodes } from "../api/index.ts";

/** What a request is answered with when it fails; anything else that is thrown is INTERNAL. */
export class ConsoleError extends Error {
  readonly code: ApiErrorCode;
  readonly hint: string | undefined;

  constructor(code: ApiErrorCode, message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "ConsoleError";
    this.code = code;
    this.hint = options.hint;
  }

  get status(): (typeof apiErrorCodes)[ApiErrorCode] {
    return apiErrorCodes[this.code];
  }
}
