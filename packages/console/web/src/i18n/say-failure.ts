import { filled, type Refusal, refusals } from "@hotfire/console/api";
import type { ApiFailure } from "../api/client.ts";
import type { Language } from "./index.ts";
import { zhRefusals } from "./zh-refusals.ts";

interface SaidFailure {
  /** Of the words: what RocketMQ says of a case is in English. */
  readonly language: Language;
  readonly message: string;
  readonly hint: string | undefined;
}

/** The words of a failure in the reader's language where the console itself refuses, or else in the API's English. */
export function sayFailure(language: Language, { reason, values, message, hint }: ApiFailure): SaidFailure {
  if (language === "en" || !isRefusal(reason)) return { language: "en", message, hint };
  const words = zhRefusals[reason];
  return {
    language,
    message: filled(words.message, values),
    hint: words.hint === undefined ? undefined : filled(words.hint, values),
  };
}

function isRefusal(reason: string | undefined): reason is Refusal {
  return reason !== undefined && Object.hasOwn(refusals, reason);
}
