import { expect, test } from "vitest";
import { apiErrorSchema } from "../../api/index.ts";
import { refuse } from "../console-error.ts";
import { toApiError } from "./answer-error.ts";

test("a refusal is answered in English, with its reason and values for other languages", () => {
  const { status, body } = toApiError(refuse("TOPIC_EXISTS", { group: "broker-a", topic: "orders" }));
  expect(status).toBe(400);
  expect(apiErrorSchema.parse(body)).toEqual({
    code: "INVALID_REQUEST",
    message: "broker-a has the topic orders already.",
    hint: "Change it instead, or leave that broker group out.",
    reason: "TOPIC_EXISTS",
    values: { group: "broker-a", topic: "orders" },
  });
});

test("an error that is no refusal has no reason", () => {
  const { status, body } = toApiError(new Error("disk"));
  expect([status, body]).toEqual([500, { code: "INTERNAL", message: "disk", hint: expect.any(String) }]);
});
