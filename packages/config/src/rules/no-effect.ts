import type { Broker, BrokerMode } from "../files/broker.ts";
import { isDefault, isOn } from "../files/config-file.ts";
import { dledgerFile, pair, trio } from "./example-files.ts";
import { atKey, rule } from "./rule.ts";

interface Useless {
  readonly keys: readonly string[];
  readonly modes: readonly BrokerMode[];
  readonly why: string;
}

const useless: readonly Useless[] = [
  {
    keys: [
      "brokerId",
      "brokerRole",
      "haMasterAddress",
      "haListenPort",
      "inSyncReplicas",
      "totalReplicas",
      "minInSyncReplicas",
    ],
    modes: ["dledger"],
    why: "DLedger elects the leader and replicates on its own; the key is ignored",
  },
  {
    keys: ["dLegerGroup", "dLegerPeers", "dLegerSelfId", "preferredLeaderId", "storePathDLedgerCommitLog"],
    modes: ["static", "controller"],
    why: "enableDLegerCommitLog is not true, so the broker is no member of a DLedger group",
  },
  {
    keys: ["controllerAddr", "fetchControllerAddrByDnsLookup", "allAckInSyncStateSet"],
    modes: ["static", "dledger"],
    why: "enableControllerMode is not true, so no controller is asked",
  },
  {
    keys: ["brokerRole", "brokerId"],
    modes: ["controller"],
    why: "the controller gives roles and ids; the key is ignored",
  },
];

export const keyWithoutEffect = rule({
  code: "KEY_WITHOUT_EFFECT",
  severity: "warning",
  title: "A key has no effect in this mode.",
  breaks:
    "It tells its reader something that is not so: a file with dLegerPeers looks like a group that fails over.",
  bad: { "n0.conf": dledgerFile("n0").replace("enableDLegerCommitLog=true\n", "") },
  good: trio(),
  *check({ brokers }) {
    for (const { file, mode } of brokers) {
      for (const { keys, modes, why } of useless) {
        if (!modes.includes(mode)) continue;
        for (const key of keys) {
          const entry = file.byKey.get(key);
          // What says the default tells its reader nothing that is not so.
          if (entry !== undefined && !isDefault(file, key))
            yield atKey(
              file,
              entry,
              `${key} has no effect: ${why}`,
              mode === "dledger" ? "Remove it." : "Remove it, or switch the mode on.",
            );
        }
      }
    }
  },
});

export const controllerMissing = rule({
  code: "CONTROLLER_MISSING",
  severity: "error",
  title: "Controller mode is on without controllerAddr.",
  breaks: "The broker asks no controller for its role and never becomes a master.",
  bad: { "broker-a.conf": "brokerName=broker-a\nenableControllerMode=true\n" },
  good: {
    "broker-a.conf":
      "brokerName=broker-a\nenableControllerMode=true\ncontrollerAddr=10.0.0.1:9877;10.0.0.2:9877;10.0.0.3:9877\ntotalReplicas=3\ninSyncReplicas=2\n",
  },
  *check({ brokers }) {
    for (const { file, mode } of brokers) {
      const entry = file.byKey.get("enableControllerMode");
      const isNamed = file.byKey.has("controllerAddr") || isOn(file, "fetchControllerAddrByDnsLookup");
      if (mode === "controller" && entry !== undefined && !isNamed)
        yield atKey(
          file,
          entry,
          "no controllerAddr is given",
          "Add controllerAddr=host:port;host:port;host:port.",
        );
    }
  },
});

const isSlave = ({ mode, role }: Broker) => mode === "static" && role === "SLAVE";

export const slaveKeyOnMaster = rule({
  code: "HA_MASTER_ON_MASTER",
  severity: "warning",
  title: "A master is given a master's address.",
  breaks:
    "haMasterAddress is what a slave copies from. A master ignores it; mostly the file was copied from a slave's.",
  bad: pair("haMasterAddress=10.0.0.9:10912"),
  good: pair(),
  *check({ brokers }) {
    for (const broker of brokers) {
      const entry = broker.file.byKey.get("haMasterAddress");
      if (entry !== undefined && entry.value.trim() !== "" && broker.mode === "static" && !isSlave(broker))
        yield atKey(
          broker.file,
          entry,
          "haMasterAddress has no effect on a master",
          "Remove it, or make the broker a SLAVE.",
        );
    }
  },
});
