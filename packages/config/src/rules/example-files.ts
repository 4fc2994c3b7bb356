import type { Files } from "./rule.ts";

const namesrvs = "namesrvAddr=10.0.0.1:9876;10.0.0.2:9876";
const start = (group: string) => ["brokerClusterName=orders", `brokerName=${group}`, namesrvs];
const text = (lines: readonly string[]) => `${lines.join("\n")}\n`;

/** A sound master and slave of `broker-a`, with lines of the examples' own in the master's file. */
export function pair(...more: readonly string[]): Files {
  return {
    "broker-a.conf": text([...start("broker-a"), "brokerId=0", "brokerRole=ASYNC_MASTER", ...more]),
    "broker-a-s.conf": text([...start("broker-a"), "brokerId=1", "brokerRole=SLAVE"]),
  };
}

export const peers = "n0-10.0.0.1:40911;n1-10.0.0.2:40911;n2-10.0.0.3:40911";

/** A broker of a DLedger group; `changed` keys go over the sound ones. */
export function dledgerFile(selfId: string, changed: Readonly<Record<string, string>> = {}): string {
  const keys = {
    enableDLegerCommitLog: "true",
    dLegerGroup: "broker-a",
    dLegerPeers: peers,
    dLegerSelfId: selfId,
    ...changed,
  };
  return text([...start("broker-a"), ...Object.entries(keys).map(([key, value]) => `${key}=${value}`)]);
}

/** A sound DLedger group, with changes to one member or another. */
export function trio(
  n0: Readonly<Record<string, string>> = {},
  n1: Readonly<Record<string, string>> = {},
  n2: Readonly<Record<string, string>> = {},
): Files {
  return {
    "n0.conf": dledgerFile("n0", n0),
    "n1.conf": dledgerFile("n1", n1),
    "n2.conf": dledgerFile("n2", n2),
  };
}
