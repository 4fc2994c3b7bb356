import type { Mode } from "@hotfire/topology";
import { type Prediction, predictDledgerSwitch } from "../verdict/prediction.ts";

/** DLedgerConfig's defaults and DLedgerLeaderElector's hard-coded wait for votes; broker.conf cannot change them. */
const stockDledger = {
  heartBeatTimeIntervalMs: 2000,
  maxHeartBeatLeak: [3, 3],
  minVoteIntervalMs: 300,
  maxVoteIntervalMs: 1000,
  voteDeadlineMs: 2000,
} as const;

/**
 * Timers of controller mode (BrokerConfig, ControllerConfig): a broker that is silent for 10 s is dead, looked at every
 * 5 s. A closed connection is seen at once.
 */
const controllerMode: readonly Prediction[] = [
  {
    step: "detected",
    from: 0,
    to: 15_000_000,
    basis:
      "at once where the connection closes, else controllerHeartBeatTimeoutMills 10 s + scanNotActiveBrokerInterval 5 s",
  },
];

/** When the steps of a switch should come, by the timers that are configured. */
export function predictSwitch(mode: Mode): readonly Prediction[] {
  if (mode === "dledger") return predictDledgerSwitch(stockDledger);
  return mode === "controller" ? controllerMode : [];
}
