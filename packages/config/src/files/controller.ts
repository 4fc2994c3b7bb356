import { type ConfigFile, isOn, settingOf } from "./config-file.ts";
import { type Peer, parsePeers } from "./peers.ts";

/** A controller of DLedger's kind: a process of its own, or part of a name server. */
export interface Controller {
  readonly file: ConfigFile;
  readonly isEmbedded: boolean;
  readonly group: string | undefined;
  readonly selfId: string | undefined;
  readonly peers: readonly Peer[];
}

export function controllerOf(file: ConfigFile): Controller | undefined {
  const isEmbedded = file.kind === "namesrv" && isOn(file, "enableControllerInNamesrv");
  if (file.unread !== undefined || (file.kind !== "controller" && !isEmbedded)) return undefined;
  const type = settingOf(file, "controllerType");
  if (type !== undefined && type !== "DLedger") return undefined;
  return {
    file,
    isEmbedded,
    group: settingOf(file, "controllerDLegerGroup"),
    selfId: settingOf(file, "controllerDLegerSelfId"),
    peers: parsePeers(settingOf(file, "controllerDLegerPeers") ?? "").peers,
  };
}
