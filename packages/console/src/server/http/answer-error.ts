import { messageOf } from "@hotfire/base";
import { RemotingError } from "@hotfire/remoting";
import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { ZodError } from "zod";
import { type ApiError, apiErrorCodes } from "../../api/index.ts";
import { ConsoleError } from "../console-error.ts";

/** Any failure, as the API words it. */
export function toApiError(error: unknown): { status: ContentfulStatusCode; body: ApiError } {
  if (error instanceof ConsoleError) {
    const { status, code, message, hint, reason, values } = error;
    return { status, body: { ...apiError(code, message, hint), reason, values } };
  }
  if (error instanceof ZodError) {
    const issues = error.issues.map(({ path, message }) => `${path.join(".") || "it"}: ${message}`);
    return {
      status: apiErrorCodes.INVALID_REQUEST,
      body: apiError("INVALID_REQUEST", issues.slice(0, 5).join("; ")),
    };
  }
  if (error instanceof RemotingError) {
    const isRefusal = error.response !== undefined;
    const isInput = error.blame === "user" && !isRefusal;
    const code = isRefusal ? "REFUSED_BY_ROCKETMQ" : isInput ? "INVALID_REQUEST" : "UNREACHABLE";
    return { status: apiErrorCodes[code], body: apiError(code, error.message, error.hint) };
  }
  const message = messageOf(error);
  return { status: 500, body: apiError("INTERNAL", message, "Report it, with the console's log.") };
}

function apiError(code: string, message: string, hint?: string): ApiError {
  return hint === undefined ? { code, message } : { code, message, hint };
}

export function answerError(error: unknown, c: Context): Response {
  const { status, body } = toApiError(error);
  return c.json(body, status);
}
