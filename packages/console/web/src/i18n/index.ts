import { filled } from "@hotfire/console/api";
import { createContext, useContext } from "react";
import { en } from "./en.ts";
import { zh } from "./zh.ts";

export type TextKey = keyof typeof en;
export type Dictionary = Readonly<Record<TextKey, string>>;
export const languages = { en: { name: "English", texts: en }, zh: { name: "中文", texts: zh } } as const;
export type Language = keyof typeof languages;
export type Translate = (key: TextKey, values?: Readonly<Record<string, string | number>>) => string;

const stored = "hotfire.language";

export function isLanguage(text: string | null | undefined): text is Language {
  return text === "en" || text === "zh";
}

/** What the reader chose before, or else what the browser asks for. */
export function initialLanguage(): Language {
  const chosen = localStorage.getItem(stored);
  if (isLanguage(chosen)) return chosen;
  return navigator.languages.some((tag) => tag.toLowerCase().startsWith("zh")) &&
    !navigator.languages[0]?.startsWith("en")
    ? "zh"
    : "en";
}

export function rememberLanguage(language: Language): void {
  localStorage.setItem(stored, language);
}

export function translator(language: Language): Translate {
  const { texts } = languages[language];
  return (key, values = {}) => filled(texts[key], values);
}

interface Speech {
  readonly language: Language;
  readonly t: Translate;
  readonly speak: (language: Language) => void;
}

export const SpeechContext = createContext<Speech>({
  language: "en",
  t: translator("en"),
  speak: () => {},
});

export function useSpeech(): Speech {
  return useContext(SpeechContext);
}

export function useT(): Translate {
  return useContext(SpeechContext).t;
}
