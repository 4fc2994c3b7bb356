import { sendOutcome } from "@hotfire/judge/history";
import { RemotingError, type RemotingErrorCode, remotingErrors } from "@hotfire/remoting";
import { describe, expect, test } from "vitest";
import { answerOf, answerOfError, errorText } from "./send-answer.ts";

const outcomeOf = (error: unknown) => sendOutcome(answerOfError(error));
const codes = Object.keys(remotingErrors).filter((code): code is RemotingErrorCode => code in remotingErrors);

describe("what became of a message whose request failed", () => {
  test.each(codes)("%s before anything was handed to a socket: surely not stored", (code) => {
    expect(outcomeOf(new RemotingError(code, "x", { requestSent: false }))).toBe("failed");
  });

  test.each(codes)("%s after that, without an answer: in doubt", (code) => {
    expect(outcomeOf(new RemotingError(code, "x", { requestSent: true }))).toBe("in-doubt");
  });

  test("a time-out is told from a lost connection", () => {
    const late = new RemotingError("DEADLINE_PASSED", "x", { requestSent: true });
    const lost = new RemotingError("CONNECTION_CLOSED", "x", { requestSent: true });
    expect(answerOfError(late)).toEqual({ kind: "timeout" });
    expect(answerOfError(lost)).toEqual({ kind: "connection-lost" });
  });

  test.each([
    [2, "[TIMEOUT_CLEAN_QUEUE]broker busy", "failed"],
    [14, "the broker's disk is full", "failed"],
    [1, "create mapped file failed, server is busy", "failed"],
    [1, "in-sync replicas not enough", "in-doubt"],
    [9999, "never seen", "in-doubt"],
  ])("an answer with code %i, %s: %s", (code, remark, outcome) => {
    const response = { code, name: "X", remark };
    expect(outcomeOf(new RemotingError("RESPONSE_REFUSED", "x", { requestSent: true, response }))).toBe(
      outcome,
    );
  });

  test("anything else that is thrown leaves it in doubt", () => {
    expect(outcomeOf(new TypeError("a bug"))).toBe("in-doubt");
  });
});

test.each([
  ["stored", "acknowledged"],
  ["flush-disk-timeout", "in-doubt"],
  ["flush-slave-timeout", "in-doubt"],
  ["slave-not-available", "in-doubt"],
] as const)("a result that is %s: %s", (status, outcome) => {
  const result = { status, offsetMessageId: "", queueId: 0, queueOffset: 0 };
  expect(sendOutcome(answerOf(result))).toBe(outcome);
});

test("an error's text names no address, so that causes can be counted, and no link", () => {
  const closed = new RemotingError("CONNECTION_CLOSED", "172.25.0.4:10911 closed the connection", {
    address: "172.25.0.4:10911",
  });
  expect(errorText(closed)).toBe("CONNECTION_CLOSED: the broker closed the connection");
  const remark = "service not available now\nSee https://example.org/FAQ for further details.";
  const response = { code: 14, name: "SERVICE_NOT_AVAILABLE", remark };
  expect(errorText(new RemotingError("RESPONSE_REFUSED", "x", { response }))).toBe(
    "service not available now",
  );
  expect(errorText(new Error("x".repeat(1000)))).toHaveLength(400);
});
