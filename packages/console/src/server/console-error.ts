import {
  type ApiErrorCode,
  apiErrorCodes,
  filled,
  type Refusal,
  type RefusalValues,
  refusals,
} from "../api/index.ts";

interface Said {
  readonly reason: Refusal;
  readonly values: Readonly<Record<string, string | number>>;
  readonly hint: string | undefined;
}

/** What a request is answered with when it fails; anything else that is thrown is INTERNAL. Made by `refuse`. */
export class ConsoleError extends Error {
  readonly code: ApiErrorCode;
  readonly reason: Refusal;
  readonly values: Readonly<Record<string, string | number>>;
  readonly hint: string | undefined;

  constructor(message: string, { reason, values, hint }: Said, options?: ErrorOptions) {
    super(message, options);
    this.name = "ConsoleError";
    this.code = refusals[reason].code;
    this.reason = reason;
    this.values = values;
    this.hint = hint;
  }

  get status(): (typeof apiErrorCodes)[ApiErrorCode] {
    return apiErrorCodes[this.code];
  }
}

/** An error for what the console refuses by itself, with a value for each name in its words. */
export function refuse<Of extends Refusal>(
  reason: Of,
  values: RefusalValues<Of>,
  options?: ErrorOptions,
): ConsoleError {
  const text: { readonly message: string; readonly hint?: string } = refusals[reason];
  const hint = text.hint === undefined ? undefined : filled(text.hint, values);
  return new ConsoleError(filled(text.message, values), { reason, values, hint }, options);
}
