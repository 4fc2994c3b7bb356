import { peers as goodPeers, trio } from "./example-files.ts";
import { atValue, groupBy, rule } from "./rule.ts";
import { wrongPeers } from "./wrong-peers.ts";

const all = (dLegerPeers: string) => trio({ dLegerPeers }, { dLegerPeers }, { dLegerPeers });

export const peersFormat = rule({
  code: "PEERS_FORMAT",
  severity: "error",
  title: "dLegerPeers is not id-host:port, separated by semicolons.",
  breaks:
    "DLedger cannot read the peer's address; the broker dies at its start or waits for peers that it never finds.",
  bad: all(goodPeers.replaceAll(";", ",")),
  good: trio(),
  *check({ brokers }) {
    for (const { file, mode } of brokers) {
      const entry = file.byKey.get("dLegerPeers");
      if (mode !== "dledger" || entry === undefined) continue;
      yield* wrongPeers(file, "dLegerPeers", entry.value);
    }
  },
});

export const peersFew = rule({
  code: "PEERS_FEW",
  severity: "error",
  title: "A DLedger group has fewer than three members.",
  breaks:
    "Of one member no replica takes over; of two, either's death stops the group, for the majority of two is two.",
  bad: { "n0.conf": trio({ dLegerPeers: "n0-10.0.0.1:40911;n1-10.0.0.2:40911" })["n0.conf"] ?? "" },
  good: trio(),
  *check({ brokers }) {
    for (const { file, peers } of brokers) {
      if (peers.length > 0 && peers.length < 3)
        yield atValue(
          file,
          "dLegerPeers",
          `the group has ${peers.length === 1 ? "one member" : "two members"}`,
          "Use three members, on three hosts.",
        );
    }
  },
});

export const peersEven = rule({
  code: "PEERS_EVEN",
  severity: "warning",
  title: "A DLedger group has an even number of members.",
  breaks: "Four members bear one failure, as three do, and every message is written once more.",
  bad: { "n0.conf": trio({ dLegerPeers: `${goodPeers};n3-10.0.0.4:40911` })["n0.conf"] ?? "" },
  good: trio(),
  *check({ brokers }) {
    for (const { file, peers } of brokers) {
      if (peers.length > 2 && peers.length % 2 === 0)
        yield atValue(file, "dLegerPeers", `the group has ${peers.length} members`, "Use three or five.");
    }
  },
});

export const peersDuplicate = rule({
  code: "PEERS_DUPLICATE",
  severity: "error",
  title: "Two peers have the same id or address.",
  breaks: "The last one replaces the first, and the group's majority is counted wrongly.",
  bad: all("n0-10.0.0.1:40911;n1-10.0.0.2:40911;n2-10.0.0.2:40911"),
  good: trio(),
  *check({ brokers }) {
    for (const { file, peers } of brokers) {
      const ids = new Set(peers.map(({ id }) => id));
      const addresses = new Set(peers.map(({ host, port }) => `${host}:${port}`));
      if (ids.size < peers.length)
        yield atValue(file, "dLegerPeers", "two peers have the same id", "Give each an id of its own.");
      else if (addresses.size < peers.length)
        yield atValue(file, "dLegerPeers", "two peers have the same address", "Give each its own host.");
    }
  },
});

export const peersShareHost = rule({
  code: "PEERS_SHARE_HOST",
  severity: "warning",
  title: "Members of a DLedger group share a host.",
  breaks:
    "With that host, two members die at once, and with them the majority: the group stops although it has three members.",
  bad: all("n0-10.0.0.1:40911;n1-10.0.0.1:40912;n2-10.0.0.3:40911"),
  good: trio(),
  *check({ brokers }) {
    for (const { file, peers } of brokers) {
      for (const [host, sharing] of groupBy(peers, (peer) => peer.host)) {
        if (new Set(sharing.map(({ port }) => port)).size > 1)
          yield atValue(
            file,
            "dLegerPeers",
            `${sharing.map(({ id }) => id).join(" and ")} share the host ${host}`,
            "Put each member on a host of its own.",
          );
      }
    }
  },
});

export const peersDiffer = rule({
  code: "PEERS_DIFFER",
  severity: "error",
  title: "Brokers of a DLedger group disagree about their peers.",
  breaks:
    "Members that count different majorities can elect two leaders, and each acknowledges messages that the other lacks.",
  bad: trio({ dLegerPeers: "n0-10.0.0.1:40911;n1-10.0.0.2:40911;n2-10.0.0.9:40911" }),
  good: trio(),
  *check({ groups }) {
    for (const brokers of groups.values()) {
      const members = brokers.filter(({ peers }) => peers.length > 0);
      const same = [
        ...groupBy(members, ({ peers }) =>
          peers
            .map(({ id, host, port }) => `${id}-${host}:${port}`)
            .sort()
            .join(";"),
        ),
      ];
      if (same.length < 2) continue;
      // Most are right, presumably.
      const [right, ...others] = same.sort(([, one], [, two]) => two.length - one.length);
      for (const { file } of others.flatMap(([, sharing]) => sharing))
        yield atValue(
          file,
          "dLegerPeers",
          `differs from ${right?.[1][0]?.file.path}: ${right?.[0]}`,
          "Make the peers the same in every file of the group.",
        );
    }
  },
});
