import { settingOf } from "../files/config-file.ts";
import { dledgerFile, trio } from "./example-files.ts";
import { atFile, atValue, groupBy, rule } from "./rule.ts";
import { scatteredGroups } from "./scattered-groups.ts";

export const dledgerGroup = rule({
  code: "DLEDGER_GROUP",
  severity: "error",
  isFixUnsafe: true,
  title: "dLegerGroup is not the broker's own name.",
  breaks:
    "The broker's peers refuse its requests, for they name another group. It never joins; its group runs on the others, one failure from a standstill.",
  bad: trio({ dLegerGroup: "broker-b" }),
  good: trio(),
  *check({ brokers, groups }) {
    const scattered = new Set(scatteredGroups(brokers).flatMap(({ members }) => members));
    for (const broker of brokers) {
      const { file, group, mode } = broker;
      if (scattered.has(broker)) continue;
      const own = settingOf(file, "dLegerGroup");
      if (mode !== "dledger" || own === undefined || group === undefined || own === group) continue;
      const message = `dLegerGroup is ${own}, but the broker is of ${group}`;
      // Where no other file of the group says so, the brokerName may be the wrong one.
      const isSure =
        groups.get(group)?.some((other) => settingOf(other.file, "dLegerGroup") === group) === true;
      yield atValue(file, "dLegerGroup", message, `Write dLegerGroup=${group}.`, isSure ? group : undefined);
    }
  },
});

export const dledgerNamesDiffer = rule({
  code: "DLEDGER_NAMES_DIFFER",
  severity: "error",
  title: "Members of one DLedger group have different brokerNames.",
  breaks:
    "To clients each name is a broker group of its own: the leader's is the only one that takes messages, and after a switch another name has them, with other queues and no offsets of consumers.",
  bad: trio({ brokerName: "node-0" }, { brokerName: "node-1" }, { brokerName: "node-2" }),
  good: trio(),
  *check({ brokers }) {
    for (const { raft, members, names } of scatteredGroups(brokers)) {
      const [first] = members;
      if (first === undefined) continue;
      yield atValue(
        first.file,
        "brokerName",
        `members of the DLedger group ${raft} have different brokerNames: ${names.join(", ")}`,
        `Give all of them one brokerName, ${raft}, before messages are stored.`,
      );
    }
  },
});

export const dledgerIncomplete = rule({
  code: "DLEDGER_INCOMPLETE",
  severity: "error",
  title: "A key that DLedger needs is missing.",
  breaks: "The broker does not start, or starts as a member of a group that it shares with no other.",
  bad: { "n0.conf": dledgerFile("n0").replace("dLegerSelfId=n0\n", "") },
  good: trio(),
  *check({ brokers }) {
    for (const { file, mode } of brokers) {
      if (mode !== "dledger") continue;
      for (const key of ["dLegerGroup", "dLegerPeers", "dLegerSelfId"]) {
        if (settingOf(file, key) !== undefined) continue;
        yield atValue(file, "enableDLegerCommitLog", `DLedger is on without ${key}`, `Add ${key}.`);
      }
    }
  },
});

export const dledgerIdFormat = rule({
  code: "DLEDGER_ID_FORMAT",
  severity: "error",
  title: "A dLegerSelfId is not a letter and a number.",
  breaks:
    "The broker makes its brokerId of what follows the first character, and dies when that is no number.",
  bad: {
    "node-one.conf": dledgerFile("one", {
      dLegerPeers: "one-10.0.0.1:40911;n1-10.0.0.2:40911;n2-10.0.0.3:40911",
    }),
  },
  good: trio(),
  *check({ brokers }) {
    for (const { file, selfId } of brokers) {
      if (selfId !== undefined && !/^[A-Za-z]\d{1,9}$/.test(selfId))
        yield atValue(
          file,
          "dLegerSelfId",
          `dLegerSelfId is ${JSON.stringify(selfId)}`,
          "Name the members n0, n1, n2, here and in dLegerPeers.",
        );
    }
  },
});

export const dledgerSelfUnknown = rule({
  code: "DLEDGER_SELF_UNKNOWN",
  severity: "error",
  title: "The broker's dLegerSelfId is not among its peers.",
  breaks: "The broker finds no address of its own to listen on and does not start.",
  bad: { "n3.conf": dledgerFile("n3") },
  good: trio(),
  *check({ brokers }) {
    for (const { file, selfId, peers } of brokers) {
      if (selfId === undefined || peers.length === 0 || peers.some(({ id }) => id === selfId)) continue;
      const known = peers.map(({ id }) => id).join(", ");
      yield atValue(
        file,
        "dLegerSelfId",
        `${selfId} is not among the peers ${known}`,
        "Use the id that the peers have for this host.",
      );
    }
  },
});

export const dledgerSelfDuplicate = rule({
  code: "DLEDGER_SELF_DUPLICATE",
  severity: "error",
  title: "Two brokers of a DLedger group have the same dLegerSelfId.",
  breaks:
    "Both believe they are the same member: one cannot bind its address, or two brokers vote as one and acknowledged messages are lost.",
  bad: trio({}, { dLegerSelfId: "n0" }),
  good: trio(),
  *check({ groups }) {
    for (const brokers of groups.values()) {
      for (const [id, sharing] of groupBy(brokers, ({ selfId }) => selfId)) {
        const first = sharing[0];
        for (const { file } of sharing.slice(1))
          yield atValue(
            file,
            "dLegerSelfId",
            `${id} is ${first?.file.path}'s id as well`,
            "Give each member an id of its own.",
          );
      }
    }
  },
});

export const dledgerAlone = rule({
  code: "DLEDGER_WITH_CONTROLLER",
  severity: "error",
  title: "DLedger and controller mode are both on.",
  breaks: "The broker refuses to start: the two exclude each other.",
  bad: {
    "n0.conf": dledgerFile("n0", {
      enableControllerMode: "true",
      controllerAddr: "10.0.0.1:9877;10.0.0.2:9877;10.0.0.3:9877",
    }),
  },
  good: trio(),
  *check({ brokers }) {
    for (const { file, mode } of brokers) {
      if (mode === "dledger" && settingOf(file, "enableControllerMode")?.toLowerCase() === "true")
        yield atFile(
          file,
          "enableDLegerCommitLog and enableControllerMode are both true",
          "Choose one of them.",
        );
    }
  },
});
