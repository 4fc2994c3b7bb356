import type { Broker } from "../files/broker.ts";
import { isOn, numberOf, settingOf } from "../files/config-file.ts";
import { pair } from "./example-files.ts";
import { atValue, groupBy, rule } from "./rule.ts";

/** Brokers whose place is written in their files, not elected. */
const isStatic = ({ mode }: Broker) => mode === "static";
const isSlave = ({ role, brokerId }: Broker) => role === "SLAVE" || (role !== "SLAVE" && brokerId > 0);

export const syncMasterAsync = rule({
  code: "SYNC_MASTER_ASYNC",
  severity: "warning",
  title: "SYNC_MASTER acknowledges before its slave has the message.",
  breaks:
    "Since 5.0 inSyncReplicas decides how many copies an acknowledgement waits for, and its default is 1: the master alone. Its disk's loss loses acknowledged messages, as with ASYNC_MASTER.",
  bad: { "broker-a.conf": "brokerName=broker-a\nbrokerRole=SYNC_MASTER\n" },
  good: {
    "broker-a.conf": "brokerName=broker-a\nbrokerRole=SYNC_MASTER\ntotalReplicas=2\ninSyncReplicas=2\n",
  },
  *check({ brokers }) {
    for (const { file, role, mode } of brokers) {
      if (mode === "static" && role === "SYNC_MASTER" && !(numberOf(file, "inSyncReplicas") >= 2))
        yield atValue(
          file,
          "brokerRole",
          "SYNC_MASTER without inSyncReplicas=2 does not wait for the slave",
          "Add totalReplicas=2 and inSyncReplicas=2; sends then fail while the slave is down.",
        );
    }
  },
});

export const roleContradictsId = rule({
  code: "ROLE_CONTRADICTS_ID",
  severity: "error",
  title: "brokerRole contradicts brokerId.",
  breaks:
    "A slave with brokerId 0 does not start. A master with another id registers as 0 all the same, beside the group's real master.",
  bad: { "broker-a-s.conf": "brokerName=broker-a\nbrokerId=0\nbrokerRole=SLAVE\n" },
  good: pair(),
  *check({ brokers }) {
    for (const broker of brokers.filter(isStatic)) {
      const { file, role, brokerId } = broker;
      if (role === "SLAVE" && brokerId <= 0)
        yield atValue(
          file,
          file.byKey.has("brokerId") ? "brokerId" : "brokerRole",
          `a SLAVE with brokerId ${brokerId}`,
          "Give slaves the ids 1, 2, …",
        );
      else if (role !== "SLAVE" && brokerId > 0)
        yield atValue(
          file,
          "brokerId",
          `a master (${role}${file.byKey.has("brokerRole") ? "" : ", the default"}) with brokerId ${brokerId}`,
          "Write brokerRole=SLAVE, or brokerId=0.",
        );
    }
  },
});

export const twoMasters = rule({
  code: "TWO_MASTERS",
  severity: "error",
  title: "A broker group has two masters.",
  breaks:
    "Both register as brokerId 0, and the name server keeps the last one: clients flap between two stores, and each holds half of the messages.",
  bad: { ...pair(), "broker-a-s.conf": pair()["broker-a.conf"] ?? "" },
  good: pair(),
  *check({ groups }) {
    for (const [group, brokers] of groups) {
      const masters = brokers.filter((broker) => isStatic(broker) && broker.role !== "SLAVE");
      for (const { file } of masters.slice(1))
        yield atValue(
          file,
          file.byKey.has("brokerRole") ? "brokerRole" : "brokerName",
          `${masters[0]?.file.path} is master of ${group} already`,
          "Make it a slave with brokerId 1, or give it a brokerName of its own.",
        );
    }
  },
});

export const brokerIdDuplicate = rule({
  code: "BROKER_ID_DUPLICATE",
  severity: "error",
  title: "Two slaves of a group have the same brokerId.",
  breaks:
    "The name server keeps the last one that registered; the other is there, and no client reads from it.",
  bad: { ...pair(), "broker-a-s2.conf": pair()["broker-a-s.conf"] ?? "" },
  good: {
    ...pair(),
    "broker-a-s2.conf": pair()["broker-a-s.conf"]?.replace("brokerId=1", "brokerId=2") ?? "",
  },
  *check({ groups }) {
    for (const brokers of groups.values()) {
      const slaves = brokers.filter(
        (broker) => isStatic(broker) && broker.role === "SLAVE" && broker.brokerId > 0,
      );
      for (const [id, sharing] of groupBy(slaves, ({ brokerId }) => String(brokerId))) {
        for (const { file } of sharing.slice(1))
          yield atValue(
            file,
            "brokerId",
            `${sharing[0]?.file.path} has brokerId ${id} already`,
            "Give each slave an id of its own.",
          );
      }
    }
  },
});

export const slaveWithoutMaster = rule({
  code: "SLAVE_WITHOUT_MASTER",
  severity: "error",
  title: "A slave's group has no master.",
  breaks: "It copies from no master and serves nothing. Mostly a brokerName is misspelt.",
  bad: { ...pair(), "broker-b-s.conf": pair()["broker-a-s.conf"]?.replace("broker-a", "broker-b") ?? "" },
  good: pair(),
  *check({ groups }) {
    for (const [group, brokers] of groups) {
      if (!brokers.every((broker) => isStatic(broker) && isSlave(broker))) continue;
      for (const { file } of brokers)
        yield atValue(
          file,
          "brokerName",
          `no file here is ${group}'s master`,
          "Correct the brokerName, or name the master's file too.",
        );
    }
  },
});

export const modesDiffer = rule({
  code: "MODES_DIFFER",
  severity: "error",
  title: "Brokers of one group replicate in different ways.",
  breaks: "A DLedger member and a plain slave keep different logs and never replicate to each other.",
  bad: {
    ...pair(),
    "broker-a-s.conf":
      "brokerClusterName=orders\nbrokerName=broker-a\nnamesrvAddr=10.0.0.1:9876;10.0.0.2:9876\nenableControllerMode=true\ncontrollerAddr=10.0.0.1:9877\n",
  },
  good: pair(),
  *check({ groups }) {
    for (const brokers of groups.values()) {
      const [first, ...others] = brokers;
      for (const { file, mode } of others) {
        if (first !== undefined && mode !== first.mode)
          yield atValue(
            file,
            "brokerName",
            `${first.file.path} of the same group is ${words[first.mode]}, this one ${words[mode]}`,
            "Use one mode in the whole group.",
          );
      }
    }
  },
});

const words = {
  dledger: "in DLedger mode",
  controller: "in controller mode",
  static: "master or slave by its file",
} as const;

export const clusterNameDiffers = rule({
  code: "CLUSTER_NAME_DIFFERS",
  severity: "error",
  title: "Brokers of one cluster have different brokerClusterNames.",
  breaks:
    "Commands for a cluster (topics, permissions) reach a part of the brokers, and slaves of the other name are not found.",
  bad: { ...pair(), "broker-a-s.conf": pair()["broker-a-s.conf"]?.replace("=orders", "=order") ?? "" },
  good: pair(),
  *check({ brokers }) {
    const same = [
      ...groupBy(brokers, ({ file }) => settingOf(file, "brokerClusterName") ?? "DefaultCluster"),
    ];
    if (same.length < 2) return;
    const [right, ...others] = same.sort(([, one], [, two]) => two.length - one.length);
    for (const [name, sharing] of others) {
      for (const { file } of sharing)
        yield atValue(
          file,
          "brokerClusterName",
          `${name} here, ${right?.[0]} in ${right?.[1][0]?.file.path}`,
          "Use one name; judge clusters apart that are apart.",
        );
    }
  },
});

export const inSyncAboveGroup = rule({
  code: "IN_SYNC_ABOVE_GROUP",
  severity: "error",
  title: "An acknowledgement waits for more copies than the group has brokers.",
  breaks:
    "Every send ends with IN_SYNC_REPLICAS_NOT_ENOUGH or FLUSH_SLAVE_TIMEOUT, although everything is well.",
  bad: pair("totalReplicas=3", "inSyncReplicas=3"),
  good: pair("totalReplicas=2", "inSyncReplicas=2"),
  *check({ groups }) {
    for (const brokers of groups.values()) {
      for (const { file, mode, role } of brokers) {
        if (mode === "dledger" || (mode === "static" && role === "SLAVE")) continue;
        const wanted = numberOf(file, "inSyncReplicas");
        const total = numberOf(file, "totalReplicas");
        // One file alone says nothing of how many there are.
        const there = brokers.length > 1 ? brokers.length : undefined;
        if (wanted > 1 && wanted > total)
          yield atValue(
            file,
            "inSyncReplicas",
            `inSyncReplicas is ${wanted}, totalReplicas ${file.byKey.has("totalReplicas") ? "" : "its default, "}${total}`,
            `Write totalReplicas=${there ?? wanted}.`,
          );
        else if (there !== undefined && wanted > there)
          yield atValue(
            file,
            "inSyncReplicas",
            `inSyncReplicas is ${wanted}, and the group has ${there} brokers here`,
            `Write inSyncReplicas=${Math.min(2, there)}, or add the missing brokers' files.`,
          );
      }
    }
  },
});

export const haMasterPort = rule({
  code: "HA_MASTER_PORT",
  severity: "error",
  title: "A slave copies from its master's client port.",
  breaks:
    "haMasterAddress needs the HA port: haListenPort, or listenPort + 1. At the other port the master closes the connection, and the slave stays empty.",
  bad: slaveOf("10.0.0.1:10911"),
  good: slaveOf("10.0.0.1:10912"),
  *check({ groups }) {
    for (const brokers of groups.values()) {
      const master = brokers.find((broker) => isStatic(broker) && !isSlave(broker));
      for (const { file, role, mode } of brokers) {
        const port = Number(/:(\d{1,5})$/.exec(settingOf(file, "haMasterAddress") ?? "")?.[1]);
        if (mode !== "static" || role !== "SLAVE" || master === undefined || port !== master.listenPort)
          continue;
        const own = numberOf(master.file, "haListenPort");
        const right = own > 0 ? own : master.listenPort + 1;
        if (right === port) continue;
        yield atValue(
          file,
          "haMasterAddress",
          `${port} is ${master.file.path}'s listenPort`,
          `Write its HA port, ${right}; or leave the key out: the slave asks the name servers.`,
        );
      }
    }
  },
});

function slaveOf(address: string) {
  return { ...pair(), "broker-a-s.conf": `${pair()["broker-a-s.conf"]}haMasterAddress=${address}\n` };
}

const sizes = ["mappedFileSizeCommitLog", "mappedFileSizeConsumeQueue"] as const;

export const fileSizeDiffers = rule({
  code: "FILE_SIZE_DIFFERS",
  severity: "error",
  title: "Brokers of one group have files of different sizes.",
  breaks:
    "A slave begins at a file's begin by its master's size, and its own files end elsewhere: its offsets do not fit, and it starts over or stops.",
  bad: pair("mappedFileSizeCommitLog=536870912"),
  good: pair("mappedFileSizeCommitLog=1073741824"),
  *check({ groups }) {
    for (const brokers of groups.values()) {
      for (const key of sizes) {
        const [first, ...others] = brokers;
        const odd = others.find(
          ({ file }) => first !== undefined && numberOf(file, key) !== numberOf(first.file, key),
        );
        if (first === undefined || odd === undefined) continue;
        const at = odd.file.byKey.has(key) ? odd : first;
        const other = at === odd ? first : odd;
        yield atValue(
          at.file,
          key,
          `${key} is ${numberOf(at.file, key)} here and ${numberOf(other.file, key)} in ${other.file.path}`,
          "Use one size in the whole group, from its first start on.",
        );
      }
    }
  },
});

export const acknowledgedAlone = rule({
  code: "ACKNOWLEDGED_ALONE",
  severity: "warning",
  title: "In controller mode the master acknowledges alone.",
  breaks:
    "inSyncReplicas is 1 by default: what the master acknowledged may be on no slave. Dies the master, a slave is promoted that lacks it, and the old master's messages are cut away when it returns.",
  bad: underControllers(""),
  good: underControllers("totalReplicas=3\ninSyncReplicas=2\n"),
  *check({ groups }) {
    for (const brokers of groups.values()) {
      const alone = brokers.filter(
        ({ file, mode }) =>
          mode === "controller" &&
          !(numberOf(file, "inSyncReplicas") >= 2) &&
          !isOn(file, "allAckInSyncStateSet"),
      );
      const [first] = alone;
      if (first !== undefined)
        yield atValue(
          first.file,
          first.file.byKey.has("inSyncReplicas") ? "inSyncReplicas" : "enableControllerMode",
          `an acknowledged message of ${first.group ?? "the group"} may be on its master alone`,
          "Add totalReplicas=3, inSyncReplicas=2 and allAckInSyncStateSet=true to every broker of the group.",
        );
    }
  },
});

function underControllers(more: string) {
  return {
    "broker-a.conf": `brokerName=broker-a\nenableControllerMode=true\ncontrollerAddr=10.0.0.1:9877;10.0.0.2:9877;10.0.0.3:9877\n${more}`,
  };
}
