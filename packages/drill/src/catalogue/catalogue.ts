import { nearest } from "@hotfire/base";
import { DrillError } from "../errors/drill-error.ts";
import type { DrillDefinition } from "./drill-definition.ts";
import { clockStep } from "./drills/clock-step.ts";
import { clusterRestart } from "./drills/cluster-restart.ts";
import { consumersMove } from "./drills/consumers-move.ts";
import { controllerRejoin } from "./drills/controller-rejoin.ts";
import { controllersDown } from "./drills/controllers-down.ts";
import { cpuSqueeze } from "./drills/cpu-squeeze.ts";
import { diskDestroyed } from "./drills/disk-destroyed.ts";
import { diskDestroyedAsync } from "./drills/disk-destroyed-async.ts";
import { diskDestroyedSync } from "./drills/disk-destroyed-sync.ts";
import { diskFull } from "./drills/disk-full.ts";
import { diskFullElection } from "./drills/disk-full-election.ts";
import { failoverSeries } from "./drills/failover-series.ts";
import { flushAsyncKill } from "./drills/flush-async-kill.ts";
import { flushSyncKill } from "./drills/flush-sync-kill.ts";
import { idleSwitch } from "./drills/idle-switch.ts";
import { namesrvKill } from "./drills/namesrv-kill.ts";
import { namesrvPauseWriterKill } from "./drills/namesrv-pause-writer-kill.ts";
import { namesrvsDown } from "./drills/namesrvs-down.ts";
import { networkPartition } from "./drills/network-partition.ts";
import { packetLoss } from "./drills/packet-loss.ts";
import { plannedSwitch } from "./drills/planned-switch.ts";
import { proxyKill } from "./drills/proxy-kill.ts";
import { quorumLost } from "./drills/quorum-lost.ts";
import { replicaKill } from "./drills/replica-kill.ts";
import { replicasRejoin } from "./drills/replicas-rejoin.ts";
import { rollingRestart } from "./drills/rolling-restart.ts";
import { slaveKillDegrade } from "./drills/slave-kill-degrade.ts";
import { syncCost } from "./drills/sync-cost.ts";
import { twoFaults } from "./drills/two-faults.ts";
import { uncleanElectionOff } from "./drills/unclean-election-off.ts";
import { uncleanElectionOn } from "./drills/unclean-election-on.ts";
import { writerCutFromClients } from "./drills/writer-cut-from-clients.ts";
import { writerCutFromPeers } from "./drills/writer-cut-from-peers.ts";
import { writerDeaf } from "./drills/writer-deaf.ts";
import { writerKill } from "./drills/writer-kill.ts";
import { writerMute } from "./drills/writer-mute.ts";
import { writerPause } from "./drills/writer-pause.ts";
import { writerStop } from "./drills/writer-stop.ts";

/** Every drill, in the order in which they are listed and told. A new one is a file and a line here. */
export const catalogue: readonly DrillDefinition[] = [
  writerKill,
  writerStop,
  writerPause,
  writerCutFromPeers,
  writerCutFromClients,
  writerMute,
  writerDeaf,
  replicaKill,
  slaveKillDegrade,
  quorumLost,
  diskDestroyedAsync,
  diskDestroyedSync,
  diskDestroyed,
  packetLoss,
  namesrvKill,
  namesrvsDown,
  controllersDown,
  uncleanElectionOff,
  uncleanElectionOn,
  plannedSwitch,
  rollingRestart,
  failoverSeries,
  twoFaults,
  namesrvPauseWriterKill,
  controllerRejoin,
  clusterRestart,
  idleSwitch,
  networkPartition,
  replicasRejoin,
  clockStep,
  cpuSqueeze,
  diskFull,
  diskFullElection,
  flushAsyncKill,
  flushSyncKill,
  consumersMove,
  proxyKill,
  syncCost,
];

/** @throws DrillError DRILL_UNKNOWN, with the nearest name. */
export function findDrill(name: string): DrillDefinition {
  const found = catalogue.find((drill) => drill.name === name);
  if (found !== undefined) return found;
  const names = catalogue.map((drill) => drill.name);
  const suggestion = nearest(name, names);
  throw new DrillError("DRILL_UNKNOWN", `There is no drill "${name}".`, {
    hint: `${suggestion === undefined ? "" : `Did you mean ${suggestion}? `}See hotfire drill list.`,
  });
}
