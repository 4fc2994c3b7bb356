import type { Rule } from "./check-rules.ts";

/** With fewer heartbeats in the silence, one that is late ends a leader's term. */
const leastBeats = 3;

export const failoverRule: Rule = function* ({ mode, failover }, draft) {
  if (failover === undefined) {
    if (draft.failover === undefined || draft.failover === "stock") return;
    yield {
      code: "MODE_MISMATCH",
      path: ["failover"],
      message: `belongs to dledger and controller: in ${mode} no slave replaces a dead master`,
      hint: "Remove the key, or choose mode: dledger.",
    };
  } else if (typeof failover !== "string" && failover.silenceMs < leastBeats * failover.heartbeatMs) {
    yield {
      code: "FAILOVER",
      path: ["failover", "silenceMs"],
      message: `${failover.silenceMs} ms are fewer than ${leastBeats} heartbeats of ${failover.heartbeatMs} ms: one that is late would cost a good leader its place`,
      hint: `Use ${leastBeats * failover.heartbeatMs} or more.`,
    };
  }
};
