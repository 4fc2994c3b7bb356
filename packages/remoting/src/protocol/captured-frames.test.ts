import { expect, test } from "vitest";
import { captured, capturedExchange } from "../testing/captured.ts";
import { encodeFrame, isResponse, type RemotingFrame } from "./frame.ts";
import { FrameDecoder } from "./frame-decoder.ts";

function decode(pieces: readonly Buffer[]): RemotingFrame[] {
  const decoder = new FrameDecoder();
  const frames: RemotingFrame[] = [];
  for (const piece of pieces) decoder.push(piece, (frame) => frames.push(frame));
  decoder.end();
  return frames;
}

function isSame(one: RemotingFrame | undefined, other: RemotingFrame | undefined): boolean {
  if (one === undefined || other === undefined || !one.body.equals(other.body)) return false;
  return JSON.stringify({ ...one, body: "" }) === JSON.stringify({ ...other, body: "" });
}

test.each(captured)("$name: the answer of a real $peer is one frame, wherever it is cut", ({ response }) => {
  const [whole] = decode([response]);
  expect(whole).toMatchObject({ opaque: 1, language: "JAVA" });
  expect(whole !== undefined && isResponse(whole)).toBe(true);
  const badPlaces = Array.from(response.keys()).filter((place) => {
    const frames = decode([response.subarray(0, place), response.subarray(place)]);
    return frames.length !== 1 || !isSame(frames[0], whole);
  });
  expect(badPlaces).toEqual([]);
});

test.each(captured)("$name: what a real $peer understood is what we still write", ({ request }) => {
  const [frame] = decode([request]);
  expect(frame).toBeDefined();
  if (frame === undefined) return;
  const fields = Object.keys(frame.fields).length === 0 ? undefined : frame.fields;
  const body = frame.body.length === 0 ? undefined : frame.body;
  const again = encodeFrame({ code: frame.code, opaque: frame.opaque, kind: "request", fields, body });
  expect(again.toString("hex")).toBe(request.toString("hex"));
});

test("the captures have both kinds of header", () => {
  const serializations = captured.map(({ response }) => decode([response])[0]?.serialization);
  expect(new Set(serializations)).toEqual(new Set(["JSON", "ROCKETMQ"]));
});

test("a refusal carries its code and remark", () => {
  const [frame] = decode([capturedExchange("topicRoute of no topic").response]);
  expect(frame?.code).toBe(17);
  expect(frame?.remark).toContain("No topic route info");
});
