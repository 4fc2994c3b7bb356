import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readConfigFile } from "../files/config-file.ts";
import { lintRules } from "../rules/all-rules.ts";
import type { Files } from "../rules/rule.ts";
import { applyEdits } from "./apply-fixes.ts";
import { type Finding, lint } from "./lint.ts";

const read = (files: Files) => Object.entries(files).map(([path, text]) => readConfigFile(path, text));
const findings = (files: Files) => lint(read(files));
const lines = (found: readonly Finding[]) => found.map(({ code, file, line }) => `${code} ${file}:${line}`);

function fixed(files: Files): Files {
  const found = findings(files);
  return Object.fromEntries(
    Object.entries(files).map(([path, text]) => [
      path,
      applyEdits(
        text,
        found.filter(({ file }) => file === path).flatMap(({ edits }) => edits),
      ),
    ]),
  );
}

describe("rules", () => {
  test.each(lintRules.map((rule) => [rule.code, rule] as const))(
    "%s finds its bad example and lets the good one be",
    (code, { bad, good }) => {
      expect(findings(bad).map((finding) => finding.code)).toContain(code);
      expect(lines(findings(good))).toEqual([]);
    },
  );

  test.each(lintRules.map((rule) => [rule.code, rule] as const))(
    "%s mends what it says it mends",
    (code, { bad }) => {
      const found = findings(bad).filter((finding) => finding.code === code);
      if (found.every(({ edits }) => edits.length === 0)) return;
      expect(lines(findings(fixed(bad)).filter((finding) => finding.code === code))).toEqual([]);
    },
  );

  test("codes are unique", () => {
    expect(new Set(lintRules.map(({ code }) => code)).size).toBe(lintRules.length);
  });

  test("any bytes are judged", () => {
    const text = fc
      .array(
        fc.oneof(
          fc.string({ unit: "binary" }),
          fc.constantFrom(
            "brokerName=",
            "dLegerPeers=",
            "listenPort=",
            "\n",
            "__proto__=1",
            "constructor=",
            "enableDLegerCommitLog=true\n",
          ),
        ),
      )
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(fc.array(text, { maxLength: 4 }), (texts) => {
        const files = Object.fromEntries(texts.map((content, index) => [`${index}.conf`, content]));
        for (const { line, column } of findings(files)) expect(Math.min(line, column)).toBeGreaterThan(0);
        fixed(files);
      }),
    );
  });
});
