import { hostProblem } from "./host-problem.ts";

export interface Peer {
  readonly id: string;
  readonly host: string;
  readonly port: number;
}

const peer = /^([^-\s]+)-(.+):(\d{1,5})$/;

/**
 * `n0-host:port;n1-host:port`. `wrong` are the entries that DLedger cannot use: it splits at `;`, at the first `-` and at `:`, and
 * trims nothing (MemberState's constructor, DLedgerRpcNettyService). Of an entry with blanks around it, the peer is known all the same.
 */
export function parsePeers(text: string): {
  readonly peers: readonly Peer[];
  readonly wrong: readonly { readonly entry: string; readonly why: string }[];
} {
  const peers: Peer[] = [];
  const wrong: { entry: string; why: string }[] = [];
  for (const entry of text.split(";")) {
    if (entry === "") continue;
    const [, id, host, port] = peer.exec(entry.trim()) ?? [];
    const why = problemOf(entry, id, host, port);
    if (why !== undefined) wrong.push({ entry, why });
    if (id !== undefined && host !== undefined && !/[,\s]/.test(entry.trim()) && isPort(port))
      peers.push({ id, host, port: Number(port) });
  }
  return { peers, wrong };
}

export function isPort(text: string | undefined): boolean {
  return text !== undefined && /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535;
}

function problemOf(
  entry: string,
  id: string | undefined,
  host: string | undefined,
  port: string | undefined,
): string | undefined {
  if (entry !== entry.trim()) return "has a blank around it, and DLedger does not trim";
  if (id === undefined || host === undefined) return "is not id-host:port";
  if (!isPort(port)) return `has the port ${port}, and ports end at 65535`;
  if (host.includes(":"))
    return "is IPv6, and DLedger 0.3.2 splits at the first colon: write a name or an IPv4 address";
  return hostProblem(host);
}
