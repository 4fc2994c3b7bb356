import { type ConfigFile, isOn, numberOf, settingOf } from "./config-file.ts";
import { hostProblem } from "./host-problem.ts";
import { type Peer, parsePeers } from "./peers.ts";

export type BrokerMode = "dledger" | "controller" | "static";

/** What a broker's file says of its place in the cluster. */
export interface Broker {
  readonly file: ConfigFile;
  /** brokerName; without one it is the host's name. */
  readonly group: string | undefined;
  readonly mode: BrokerMode;
  readonly brokerId: number;
  readonly role: string;
  readonly peers: readonly Peer[];
  readonly selfId: string | undefined;
  /** The machine it runs on, where the file tells. */
  readonly host: string | undefined;
  readonly listenPort: number;
}

export function brokerOf(file: ConfigFile): Broker {
  const mode = isOn(file, "enableDLegerCommitLog")
    ? "dledger"
    : isOn(file, "enableControllerMode")
      ? "controller"
      : "static";
  const selfId = mode === "dledger" ? settingOf(file, "dLegerSelfId") : undefined;
  const peers = mode === "dledger" ? parsePeers(settingOf(file, "dLegerPeers") ?? "").peers : [];
  return {
    file,
    group: settingOf(file, "brokerName"),
    mode,
    brokerId: numberOf(file, "brokerId"),
    role: settingOf(file, "brokerRole") ?? "ASYNC_MASTER",
    peers,
    selfId,
    host: addressOf(file) ?? peers.find(({ id }) => id === selfId)?.host,
    listenPort: numberOf(file, "listenPort"),
  };
}

/** What is no address (`REPLACE_IT`, `${HOST}`) is another one on each host. */
function addressOf(file: ConfigFile): string | undefined {
  const value = settingOf(file, "brokerIP1");
  return value === undefined || hostProblem(value) !== undefined ? undefined : value;
}
