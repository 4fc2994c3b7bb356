export interface Peer {
  readonly id: string;
  readonly host: string;
  readonly port: number;
}

const peer = /^([^-\s]+)-(.+):(\d{1,5})$/;

/** `n0-host:port;n1-host:port` as DLedger splits it. `wrong` are the entries that it cannot use. */
export function parsePeers(text: string): {
  readonly peers: readonly Peer[];
  readonly wrong: readonly string[];
} {
  const peers: Peer[] = [];
  const wrong: string[] = [];
  for (const entry of text.split(";")) {
    if (entry === "") continue;
    const [, id, host, port] = peer.exec(entry.trim()) ?? [];
    if (
      id === undefined ||
      host === undefined ||
      /[,\s]/.test(entry.trim()) ||
      Number(port) > 65535 ||
      Number(port) < 1
    )
      wrong.push(entry);
    else peers.push({ id, host, port: Number(port) });
  }
  return { peers, wrong };
}
