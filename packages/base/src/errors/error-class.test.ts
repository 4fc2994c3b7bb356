import { expect, test } from "vitest";
import { errorClass } from "./error-class.ts";
import { HotfireError } from "./hotfire-error.ts";

const table = {
  MINE: { blame: "tool", meaning: "A bug." },
  YOURS: { blame: "user", meaning: "A mistake." },
} as const;

class ExampleError extends errorClass(table) {}

test("an error says its code, whose fault it is, what to do and what caused it, under its own name", () => {
  const cause = new Error("below");
  const error = new ExampleError("YOURS", "no such file", { hint: "name another one", cause });
  expect(error).toBeInstanceOf(HotfireError);
  expect(error).toMatchObject({
    name: "ExampleError",
    code: "YOURS",
    blame: "user",
    message: "no such file",
    hint: "name another one",
    cause,
  });
});

test("without details it has no hint and no cause", () => {
  const error = new ExampleError("MINE", "never");
  expect([error.hint, "cause" in error]).toEqual([undefined, false]);
});
