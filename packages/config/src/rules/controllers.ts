import { settingOf } from "../files/config-file.ts";
import type { Controller } from "../files/controller.ts";
import { hostPortProblem } from "../files/host-problem.ts";
import { atValue, type Files, groupBy, rule } from "./rule.ts";
import { wrongPeers } from "./wrong-peers.ts";

const peers = "n0-10.0.0.1:9878;n1-10.0.0.2:9878;n2-10.0.0.3:9878";
const one = (selfId: string, dLegerPeers = peers) =>
  `controllerDLegerGroup=controllers\ncontrollerDLegerPeers=${dLegerPeers}\ncontrollerDLegerSelfId=${selfId}\n`;
const three = (changed: Files = {}): Files => ({
  "controller-0.conf": one("n0"),
  "controller-1.conf": one("n1"),
  "controller-2.conf": one("n2"),
  ...changed,
});
const asked = (controllerAddr: string) =>
  `brokerName=broker-a\nenableControllerMode=true\ncontrollerAddr=${controllerAddr}\ntotalReplicas=3\ninSyncReplicas=2\n`;

/** Controllers that are meant as one group. */
const together = (controllers: readonly Controller[]) => [
  ...groupBy(controllers, ({ group }) => group ?? "").values(),
];

export const controllerSelfDuplicate = rule({
  code: "CONTROLLER_SELF_DUPLICATE",
  severity: "error",
  title: "Two controllers have the same controllerDLegerSelfId.",
  breaks:
    "Both listen at, and vote for, one member: the others are never there, no majority elects a leader, and no broker becomes a master.",
  bad: three({ "controller-1.conf": one("n0"), "controller-2.conf": one("n0") }),
  good: three(),
  *check({ controllers }) {
    for (const group of together(controllers)) {
      for (const [id, sharing] of groupBy(group, ({ selfId }) => selfId)) {
        const [first, ...others] = sharing;
        for (const { file } of others)
          yield atValue(
            file,
            "controllerDLegerSelfId",
            `${id} is ${first?.file.path}'s id as well`,
            "Give each controller an id of its own.",
          );
      }
    }
  },
});

export const controllerSelfUnknown = rule({
  code: "CONTROLLER_SELF_UNKNOWN",
  severity: "error",
  title: "A controller's id is not among its peers, or is missing.",
  breaks: "The controller finds no address of its own to listen at and does not start.",
  bad: three({ "controller-2.conf": one("n3") }),
  good: three(),
  *check({ controllers }) {
    for (const { file, selfId, peers: known } of controllers) {
      if (known.length === 0 || known.some(({ id }) => id === selfId)) continue;
      yield atValue(
        file,
        file.byKey.has("controllerDLegerSelfId") ? "controllerDLegerSelfId" : "controllerDLegerPeers",
        selfId === undefined
          ? "no controllerDLegerSelfId is given"
          : `${selfId} is not among the peers ${known.map(({ id }) => id).join(", ")}`,
        "Use the id that the peers have for this host.",
      );
    }
  },
});

export const controllerPeersFormat = rule({
  code: "CONTROLLER_PEERS_FORMAT",
  severity: "error",
  title: "controllerDLegerPeers is not id-host:port, separated by semicolons.",
  breaks: "The controller does not start, or waits for peers that it never finds.",
  bad: three({ "controller-2.conf": one("n2", peers.replaceAll(";", "; ")) }),
  good: three(),
  *check({ controllers }) {
    for (const { file } of controllers) {
      const entry = file.byKey.get("controllerDLegerPeers");
      if (entry !== undefined) yield* wrongPeers(file, "controllerDLegerPeers", entry.value);
    }
  },
});

export const controllerPeersDiffer = rule({
  code: "CONTROLLER_PEERS_DIFFER",
  severity: "error",
  title: "Controllers disagree about their peers.",
  breaks:
    "Members that count different majorities can elect two leaders, and two brokers become master of one group.",
  bad: three({ "controller-2.conf": one("n2", peers.replace("10.0.0.3", "10.0.0.9")) }),
  good: three(),
  *check({ controllers }) {
    for (const group of together(controllers)) {
      const known = group.filter(({ peers: list }) => list.length > 0);
      const same = [
        ...groupBy(known, ({ peers: list }) =>
          list
            .map(({ id, host, port }) => `${id}-${host}:${port}`)
            .sort()
            .join(";"),
        ),
      ];
      const [right, ...others] = same.sort(([, a], [, b]) => b.length - a.length);
      for (const { file } of others.flatMap(([, sharing]) => sharing))
        yield atValue(
          file,
          "controllerDLegerPeers",
          `differs from ${right?.[1][0]?.file.path}: ${right?.[0]}`,
          "Make the peers the same in every controller's file.",
        );
    }
  },
});

export const controllerAlone = rule({
  code: "CONTROLLER_ALONE",
  severity: "warning",
  title: "One or two controllers decide for the brokers.",
  breaks:
    "Of one, its death leaves none to promote a slave; of two, either's death does, for the majority of two is two.",
  bad: { "controller-0.conf": one("n0", "n0-10.0.0.1:9878") },
  good: three(),
  *check({ controllers }) {
    for (const group of together(controllers)) {
      const [first] = group;
      const count = first?.peers.length ?? 0;
      if (first !== undefined && count > 0 && count < 3)
        yield atValue(
          first.file,
          "controllerDLegerPeers",
          count === 1 ? "the controller has no peers" : "the controllers are two",
          "Use three controllers, on three hosts.",
        );
    }
  },
});

export const controllerAddrWrong = rule({
  code: "CONTROLLER_ADDR_WRONG",
  severity: "error",
  title: "A broker asks for controllers where none listens.",
  breaks:
    "A controller listens at its own address of controllerDLegerPeers. Elsewhere it does not answer, and no broker becomes a master.",
  bad: three({ "broker-a.conf": asked("10.0.0.1:9877;10.0.0.2:9877;10.0.0.3:9877") }),
  good: three({ "broker-a.conf": asked("10.0.0.1:9878;10.0.0.2:9878;10.0.0.3:9878") }),
  *check({ controllers, brokers }) {
    const listening = new Set(
      controllers.flatMap(({ peers: list }) => list.map(({ host, port }) => `${host}:${port}`)),
    );
    if (listening.size === 0) return;
    for (const { file, mode } of brokers) {
      const value = mode === "controller" ? settingOf(file, "controllerAddr") : undefined;
      const entries = (value ?? "")
        .split(";")
        .filter((entry) => entry !== "" && hostPortProblem(entry) === undefined);
      const wrong = entries.filter((entry) => !listening.has(entry));
      if (wrong.length > 0)
        yield atValue(
          file,
          "controllerAddr",
          `no controller listens at ${wrong.join(", ")}`,
          `Write ${[...listening].join(";")}.`,
        );
    }
  },
});
