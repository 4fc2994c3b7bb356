import { apiErrorCodes, noWriterReasons, type Problem, problemCodes, silences } from "@hotfire/console/api";
import { describe, expect, test } from "vitest";
import { en } from "./en.ts";
import { translator } from "./index.ts";
import { sayProblem, saySilence } from "./say-problem.ts";
import { zh } from "./zh.ts";

const placeholders = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();

test("both languages have the same texts, with the same values in them", () => {
  expect(Object.keys(zh).sort()).toEqual(Object.keys(en).sort());
  for (const [key, text] of Object.entries(en)) {
    expect([key, placeholders(new Map(Object.entries(zh)).get(key) ?? "")]).toEqual([
      key,
      placeholders(text),
    ]);
  }
});

test("values take their place", () => {
  expect(translator("en")("confirm.type", { name: "orders" })).toBe("Type orders to confirm");
  expect(translator("zh")("confirm.type", { name: "orders" })).toBe("输入 orders 以确认");
});

test("every refusal of the API has a text in the page's language", () => {
  for (const code of Object.keys(apiErrorCodes)) expect(Object.keys(en)).toContain(`error.${code}`);
});

describe("a problem", () => {
  const problems: Problem[] = [
    ...noWriterReasons.map(
      (why) => ({ code: "NO_WRITER", group: "g", why, since: 1000, detail: "it", text: "it" }) as const,
    ),
    { code: "NO_WRITER", group: "g", why: "electing", since: null, detail: "it", text: "it" },
    { code: "RIVAL_WRITERS", group: "g", writers: 2, text: "it" },
    ...silences
      .filter((silence) => silence !== "other")
      .map((silence) => ({ code: "NODE_UNREACHABLE", node: "n", silence, text: "it" }) as const),
    { code: "NODE_SICK", node: "n", detail: "it", text: "it" },
    { code: "NODE_WITHOUT_ROLE", node: "n", text: "it" },
    { code: "SLAVE_DISCONNECTED", node: "n", text: "it" },
    { code: "CONTROLLERS_LEADERLESS", text: "it" },
  ];

  test("of every kind is said in the page's language, with what it is about", () => {
    const said = problems.map((problem) => sayProblem(translator("zh"), problem, 5000));
    for (const [index, text] of said.entries())
      expect([problems[index], text]).toEqual([problems[index], expect.stringMatching(/\p{Script=Han}/u)]);
    expect(said.join()).not.toMatch(/[{}]|does not|no writes/);
    expect(said[0]).toBe("g 已有 4 秒不接受写入：正在选举");
    expect(new Set(problems.map(({ code }) => code))).toEqual(new Set(problemCodes));
  });

  test("is said in English as the API says it, where both know as much", () => {
    const t = translator("en");
    const silent = {
      code: "NODE_UNREACHABLE",
      node: "n",
      silence: "silent",
      text: "n does not answer",
    } as const;
    expect(sayProblem(t, silent, 0)).toBe(silent.text);
    const other = { ...silent, silence: "other", text: "n: certificate expired" } as const;
    expect(sayProblem(translator("zh"), other, 0)).toBe(other.text);
    expect(saySilence(t, {})).toBeUndefined();
  });
});
