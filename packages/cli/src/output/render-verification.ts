import type { Verification } from "@hotfire/engine";
import { harmless, type Style } from "./style.ts";

/** Each claim with its result, and its evidence below it. */
export function renderVerification({ claims }: Verification, style: Style): string {
  const marks = {
    pass: style.good("✔ pass   "),
    fail: style.bad("✖ fail   "),
    unknown: style.warn("? unknown"),
  };
  return claims
    .map(({ result, claim, evidence }) => {
      const lines = evidence.map((line) => `            ${style.dim(harmless(line))}`);
      return [`${marks[result]}   ${claim}`, ...lines].join("\n");
    })
    .join("\n");
}
