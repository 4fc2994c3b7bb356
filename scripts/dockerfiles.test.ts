import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

/** From the first instruction to the marker; the comments before it name different images. */
function sharedStages(image: string): string {
  const text = readFileSync(new URL(`../docker/${image}/Dockerfile`, import.meta.url), "utf8");
  const end = text.indexOf("# ---- same as");
  expect(end, `${image} has the marker`).toBeGreaterThan(0);
  return text.slice(text.indexOf("ARG BASE_IMAGE"), end);
}

test("the images' first stages are the same text, so that they share layers", () => {
  expect(sharedStages("broker")).toBe(sharedStages("namesrv"));
});
