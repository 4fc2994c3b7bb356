import {
  apiErrorCodes,
  noWriterReasons,
  type Problem,
  problemCodes,
  refusals,
  silences,
} from "@hotfire/console/api";
import { describe, expect, test } from "vitest";
import { ApiFailure } from "../api/client.ts";
import { en } from "./en.ts";
import { translator } from "./index.ts";
import { sayFailure } from "./say-failure.ts";
import { sayProblem, saySilence } from "./say-problem.ts";
import { zh } from "./zh.ts";
import { zhRefusals } from "./zh-refusals.ts";

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

describe("a refusal", () => {
  test("has the same words with the same values in both languages", () => {
    for (const [reason, english] of Object.entries(refusals)) {
      const { hint = "", ...words }: { message: string; hint?: string } = english;
      const chinese = new Map(Object.entries(zhRefusals)).get(reason);
      expect([reason, placeholders(chinese?.message ?? ""), placeholders(chinese?.hint ?? "")]).toEqual([
        reason,
        placeholders(words.message),
        placeholders(hint),
      ]);
      expect(chinese?.message).toMatch(/\p{Script=Han}/u);
    }
  });

  test("is said in the page's language, and what RocketMQ says as it is", () => {
    const code = "INVALID_REQUEST";
    const english = { code, message: "g has the topic t already.", hint: "Change it instead." };
    const refused = new ApiFailure(
      { ...english, reason: "TOPIC_EXISTS", values: { group: "g", topic: "t" } },
      400,
    );
    expect(sayFailure("en", refused)).toEqual({
      language: "en",
      message: english.message,
      hint: english.hint,
    });
    expect(sayFailure("zh", refused)).toMatchObject({ language: "zh", message: "g 已有主题 t。" });
    const foreign = { language: "en", message: english.message, hint: english.hint };
    expect(sayFailure("zh", new ApiFailure(english, 422))).toEqual(foreign);
    expect(sayFailure("zh", new ApiFailure({ ...english, reason: "toString" }, 422))).toEqual(foreign);
  });
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
