import type { Broker } from "../files/broker.ts";
import { numberOf } from "../files/config-file.ts";
import { pair } from "./example-files.ts";
import { machines } from "./machines.ts";
import { atValue, rule } from "./rule.ts";

interface Listener {
  readonly broker: Broker;
  readonly port: number;
  readonly key: string;
  readonly what: string;
}

function listeners(broker: Broker): Listener[] {
  const { file, listenPort, mode, peers, selfId } = broker;
  const own: Listener[] = [
    { broker, port: listenPort, key: "listenPort", what: "listenPort" },
    { broker, port: listenPort - 2, key: "listenPort", what: "the fast port (listenPort - 2)" },
  ];
  const dledger = peers.find(({ id }) => id === selfId)?.port;
  if (dledger !== undefined) own.push({ broker, port: dledger, key: "dLegerPeers", what: "DLedger's port" });
  if (mode !== "dledger") {
    const ha = numberOf(file, "haListenPort");
    const isSet = ha > 0;
    own.push({
      broker,
      port: isSet ? ha : listenPort + 1,
      key: isSet ? "haListenPort" : "listenPort",
      what: "the HA port",
    });
  }
  return own;
}

const on = (host: string, second: string): Record<string, string> => ({
  "a.conf": `brokerName=broker-a\nbrokerIP1=${host}\nstorePathRootDir=/data/a\n`,
  "b.conf": `brokerName=broker-b\nbrokerIP1=${host}\nstorePathRootDir=/data/b\n${second}`,
});

export const portClash = rule({
  code: "PORT_CLASH",
  severity: "error",
  title: "Two listeners on one host want the same port.",
  breaks:
    "The second broker cannot bind it and does not start. A broker takes listenPort, listenPort - 2 and listenPort + 1 (HA), with DLedger the peer's port.",
  bad: on("10.0.0.1", "listenPort=10912\n"),
  good: on("10.0.0.1", "listenPort=10921\n"),
  *check({ brokers }) {
    for (const together of machines(brokers)) {
      const taken = new Map<number, Listener>();
      const told = new Set<Broker>();
      for (const listener of together.flatMap(listeners)) {
        const { broker, port, key, what } = listener;
        const other = taken.get(port);
        if (other === undefined) taken.set(port, listener);
        // Brokers that clash at one port mostly clash at the next ones as well; one address twice has a rule of its own.
        else if (!told.has(broker) && !isAdvertisedTwice(broker, other.broker)) {
          told.add(broker);
          const whose = other.broker === broker ? "" : ` of ${other.broker.file.path}`;
          yield atValue(
            broker.file,
            key,
            `${what} is ${port}, which is ${other.what}${whose} too`,
            "Keep listenPorts on one host at least 10 apart.",
          );
        }
      }
    }
  },
});

function isAdvertisedTwice(one: Broker, other: Broker): boolean {
  return (
    one !== other &&
    one.listenPort === other.listenPort &&
    one.file.byKey.has("brokerIP1") &&
    other.file.byKey.has("brokerIP1")
  );
}

export const loopbackAddress = rule({
  code: "LOOPBACK_ADDRESS",
  severity: "warning",
  title: "The broker tells clients a loopback address.",
  breaks: "Clients and slaves on other hosts are given an address that is their own host, and reach nothing.",
  bad: { "broker-a.conf": `${pair()["broker-a.conf"]}brokerIP1=127.0.0.1\n` },
  good: { "broker-a.conf": `${pair()["broker-a.conf"]}brokerIP1=10.0.0.1\n` },
  *check({ brokers }) {
    for (const { file } of brokers) {
      const value = file.byKey.get("brokerIP1")?.value.trim();
      // With name servers on loopback too, it is one host on purpose.
      const isLocal = /127\.0\.0\.1|localhost/.test(file.byKey.get("namesrvAddr")?.value ?? "");
      if (value !== undefined && /^(?:127\.|localhost$)/.test(value) && !isLocal)
        yield atValue(file, "brokerIP1", `brokerIP1 is ${value}`, "Write the address that clients dial.");
    }
  },
});
