import { expect, test } from "vitest";
import { bodyBytes, bodyHex, bodyJson, bodyText, firstForm, visible } from "./body.ts";

const base64 = (body: string | Uint8Array) =>
  btoa(String.fromCharCode(...(typeof body === "string" ? new TextEncoder().encode(body) : body)));

test("a body is shown in the form that fits it", () => {
  expect(firstForm(base64('{"a":1}'))).toBe("json");
  expect(firstForm(base64("grüße"))).toBe("text");
  expect(firstForm(base64("42"))).toBe("text");
  expect(firstForm(base64(Uint8Array.of(0xff, 0xfe, 0)))).toBe("hex");
});

test("text that is none is not guessed at", () => {
  expect(bodyText(Uint8Array.of(0xc3, 0x28))).toBeUndefined();
  expect(bodyJson("{")).toBeUndefined();
  expect(bodyJson('{"a":[1]}')).toBe('{\n  "a": [\n    1\n  ]\n}');
});

test("hex has offset, bytes and text, and says what it leaves out", () => {
  expect(bodyHex(bodyBytes(base64("hello, hotfire!\n#")))).toBe(
    "00000000  68 65 6c 6c 6f 2c 20 68 6f 74 66 69 72 65 21 0a  hello, hotfire!·\n" +
      `00000010  ${"23".padEnd(47)}  #`,
  );
  expect(bodyHex(new Uint8Array(5000))).toContain("… 904 bytes more");
});

test("what would move the cursor or reorder text becomes visible", () => {
  expect(visible("a\u001b[31mred\u202e\tb\n")).toBe("a␛[31mred␡\tb\n");
});
