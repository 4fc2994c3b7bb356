import { z } from "zod";
import { micros } from "../history/micros.ts";
import { switchSteps } from "../history/observation-records.ts";

/** When a step should come after the fault, computed from configured timers; shown beside what was measured. */
export const predictionSchema = z.strictObject({
  step: z.enum(switchSteps),
  from: micros,
  to: micros,
  /** Which timers, in words: `heartBeatTimeIntervalMs 100 x maxHeartBeatLeak 4 to 8`. */
  basis: z.string(),
});
export type Prediction = z.infer<typeof predictionSchema>;

/** DLedger's election timers in milliseconds, named as in DLedgerConfig. */
export interface DledgerTimers {
  readonly heartBeatTimeIntervalMs: number;
  /** Of the node that is first to miss the leader, and of the last. */
  readonly maxHeartBeatLeak: readonly [number, number];
  readonly minVoteIntervalMs: number;
  readonly maxVoteIntervalMs: number;
  /** How long a candidate waits for a vote of a dead peer. Stock: 2,000 ms, hard-coded in DLedgerLeaderElector. */
  readonly voteDeadlineMs: number;
}

/**
 * Detection is `maxHeartBeatLeak` missed beats. The first vote round asks for a term that everybody has voted in and
 * always fails; it ends at the vote's deadline, and a random pause precedes the next one.
 */
export function predictDledgerSwitch(timers: DledgerTimers): Prediction[] {
  const { heartBeatTimeIntervalMs: beat, minVoteIntervalMs, maxVoteIntervalMs, voteDeadlineMs } = timers;
  const [first, last] = timers.maxHeartBeatLeak;
  const detected = { from: (first - 1) * beat * 1000, to: (last + 1) * beat * 1000 };
  const elected = {
    from: detected.from + minVoteIntervalMs * 1000,
    to: detected.to + (voteDeadlineMs + 2 * maxVoteIntervalMs) * 1000,
  };
  return [
    {
      step: "detected",
      ...detected,
      basis: `${first === last ? first : `${first} to ${last}`} missed beats of ${beat} ms`,
    },
    {
      step: "elected",
      ...elected,
      basis: `one lost vote round (deadline ${voteDeadlineMs} ms) and pauses of ${minVoteIntervalMs} to ${maxVoteIntervalMs} ms`,
    },
  ];
}

/** docker/launcher's ElectionBackoff: the pause before the next term, of the first candidate in line and of the second. */
const turnsMs = [10, 80] as const;

/**
 * With Hotfire's failover profiles a closed connection is silence at once, and a frozen or cut-off leader is missed once its
 * silence has lasted; that may be longer where long pauses are usual. The round of votes before the next term ends when
 * those who are left have answered.
 */
export function predictWatchedSwitch(timers: {
  readonly heartbeatMs: number;
  readonly silenceMs: number;
}): Prediction[] {
  const { heartbeatMs, silenceMs } = timers;
  const latest = silenceMs + heartbeatMs;
  return [
    {
      step: "detected",
      from: 0,
      to: latest * 1000,
      basis: `at once where the connection closes, else ${silenceMs} ms of silence after a heartbeat at most ${heartbeatMs} ms ago`,
    },
    {
      step: "elected",
      from: turnsMs[0] * 1000,
      to: (latest + turnsMs[1]) * 1000,
      basis: `candidates in turns, ${turnsMs[0]} to ${turnsMs[1]} ms`,
    },
  ];
}
