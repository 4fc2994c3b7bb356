import { apiErrorCodes } from "@hotfire/console/api";
import { expect, test } from "vitest";
import { en } from "./en.ts";
import { translator } from "./index.ts";
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
