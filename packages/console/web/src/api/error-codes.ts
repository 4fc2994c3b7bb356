import { type ApiErrorCode, apiErrorCodes } from "@hotfire/console/api";

/** The API's codes, and those of a request that got no answer or another one than expected. */
export type KnownCode = ApiErrorCode | "NO_ANSWER" | "UNEXPECTED_ANSWER";

export function isKnownCode(code: string): code is KnownCode {
  return code in apiErrorCodes || code === "NO_ANSWER" || code === "UNEXPECTED_ANSWER";
}

const plain: ReadonlySet<string> = new Set(["LOGIN_REQUIRED", "LOGIN_REFUSED", "READ_ONLY", "NO_ANSWER"]);

/** Whether the code's own text says all that there is to say. */
export function saysItAll(code: string): boolean {
  return plain.has(code);
}
