import { type Prediction, predictDledgerSwitch, predictWatchedSwitch } from "@hotfire/judge";
import { type ClusterSpec, failoverTimers } from "@hotfire/topology";

/** DLedgerConfig's defaults and DLedgerLeaderElector's hard-coded wait for votes; broker.conf cannot change them. */
const stockDledger = {
  heartBeatTimeIntervalMs: 2000,
  maxHeartBeatLeak: [3, 3],
  minVoteIntervalMs: 300,
  maxVoteIntervalMs: 1000,
  voteDeadlineMs: 2000,
} as const;

/** Stock timers of controller mode: BrokerConfig.controllerHeartBeatTimeoutMills, ControllerConfig.scanNotActiveBrokerInterval. */
const stockController = { silenceMs: 10_000, scanMs: 5000 } as const;

/** A closed connection is seen at once, silence only when it has lasted and somebody looks. */
function predictController(silenceMs: number, scanMs: number): readonly Prediction[] {
  return [
    {
      step: "detected",
      from: 0,
      to: (silenceMs + scanMs) * 1000,
      basis: `at once where the connection closes, else controllerHeartBeatTimeoutMills ${silenceMs} ms + scanNotActiveBrokerInterval ${scanMs} ms`,
    },
  ];
}

/** When the steps of a switch should come, by the timers that are configured. */
export function predictSwitch(spec: Pick<ClusterSpec, "mode" | "failover">): readonly Prediction[] {
  const timers = failoverTimers(spec);
  if (spec.mode === "dledger")
    return timers === undefined ? predictDledgerSwitch(stockDledger) : predictWatchedSwitch(timers);
  if (spec.mode !== "controller") return [];
  return timers === undefined
    ? predictController(stockController.silenceMs, stockController.scanMs)
    : predictController(timers.silenceMs, timers.heartbeatMs);
}
