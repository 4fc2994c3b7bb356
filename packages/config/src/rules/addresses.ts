import type { ConfigFile } from "../files/config-file.ts";
import { settingOf } from "../files/config-file.ts";
import { hostPortProblem, hostProblem, isIpv6Text } from "../files/host-problem.ts";
import { pair } from "./example-files.ts";
import { atValue, groupBy, type Mistake, rule } from "./rule.ts";

const hosts = ["brokerIP1", "brokerIP2"] as const;

export const addressHost = rule({
  code: "ADDRESS_HOST",
  severity: "error",
  title: "The address that a broker gives away is not one host.",
  breaks:
    "Clients and slaves are given it as it stands, with the port behind it: they dial what does not exist. The broker itself starts and looks well.",
  bad: pair("brokerIP1=YOUR_HOST_IP"),
  good: pair("brokerIP1=10.0.0.1"),
  *check({ brokers }) {
    for (const { file } of brokers) {
      for (const key of hosts) {
        const value = settingOf(file, key);
        const why = value === undefined ? undefined : hostProblem(value);
        if (why !== undefined)
          yield atValue(
            file,
            key,
            `${key} is ${JSON.stringify(value)}, which ${why}`,
            "Write one name or IP address of this host, that clients can dial.",
          );
      }
    }
  },
});

export const addressPlainIpv6 = rule({
  code: "ADDRESS_IPV6",
  severity: "warning",
  title: "An IPv6 address stands without brackets.",
  breaks:
    "The port is written behind it with one more colon. RocketMQ splits at the last one; other clients, scripts and people do not.",
  bad: pair("brokerIP1=fd00::1:5"),
  good: pair("brokerIP1=[fd00::1:5]"),
  *check({ brokers }) {
    for (const { file } of brokers) {
      for (const key of hosts) {
        const value = settingOf(file, key);
        if (value !== undefined && isIpv6Text(value) && !value.startsWith("["))
          yield atValue(file, key, `${key} is IPv6 without brackets`, `Write [${value}].`);
      }
    }
  },
});

/** Keys with one host:port, or several with semicolons between them. */
const dialled = [
  { key: "haMasterAddress", isList: false },
  { key: "controllerAddr", isList: true },
] as const;

function* undialable(file: ConfigFile): Generator<Mistake> {
  for (const { key, isList } of dialled) {
    const value = settingOf(file, key);
    if (value === undefined || value === "") continue;
    const entries = isList ? value.split(";").filter((entry) => entry !== "") : [value];
    for (const entry of entries) {
      const repaired = value.split(/[;,\s]+/).filter(Boolean);
      if (isList && /[,\s]/.test(entry) && repaired.every((one) => hostPortProblem(one) === undefined)) {
        yield atValue(
          file,
          key,
          "separates addresses by commas or blanks",
          `Write ${repaired.join(";")}.`,
          repaired.join(";"),
        );
        break;
      }
      const why = hostPortProblem(entry);
      if (why === undefined) continue;
      const form = isList ? "host:port;host:port;host:port" : "host:port";
      yield atValue(file, key, `${key}: ${JSON.stringify(entry)} ${why}`, `Write ${form}.`);
      break;
    }
  }
}

export const addressPort = rule({
  code: "ADDRESS_PORT",
  severity: "error",
  title: "The address of a master or controller is not host:port.",
  breaks: "A slave copies from no master; a broker in controller mode asks no controller for its role.",
  bad: {
    "broker-a-s.conf": `${pair()["broker-a-s.conf"]}haMasterAddress=10.0.0.1\n`,
    "broker-a.conf": pair()["broker-a.conf"] ?? "",
  },
  good: {
    "broker-a-s.conf": `${pair()["broker-a-s.conf"]}haMasterAddress=10.0.0.1:10912\n`,
    "broker-a.conf": pair()["broker-a.conf"] ?? "",
  },
  *check({ brokers }) {
    for (const { file } of brokers) yield* undialable(file);
  },
});

export const advertisedTwice = rule({
  code: "ADVERTISED_TWICE",
  severity: "error",
  title: "Two brokers give clients the same address and port.",
  breaks:
    "Clients that are sent to the one reach the other, which says that it is not theirs, or stores into another group. Containers that publish their ports on one host need ports of their own.",
  bad: {
    "a/broker.conf": "brokerName=broker-a\nbrokerIP1=10.0.0.1\n",
    "b/broker.conf": "brokerName=broker-b\nbrokerIP1=10.0.0.1\n",
  },
  good: {
    "a/broker.conf": "brokerName=broker-a\nbrokerIP1=10.0.0.1\n",
    "b/broker.conf": "brokerName=broker-b\nbrokerIP1=10.0.0.1\nlistenPort=10921\n",
  },
  *check({ brokers }) {
    const advertising = brokers.filter(({ file, host }) => host !== undefined && file.byKey.has("brokerIP1"));
    for (const [address, sharing] of groupBy(
      advertising,
      ({ host, listenPort }) => `${host}:${listenPort}`,
    )) {
      const [first, second] = sharing;
      if (first === undefined || second === undefined) continue;
      const others = sharing.slice(0, -1).map(({ file }) => file.path);
      yield atValue(
        sharing.at(-1)?.file ?? second.file,
        "brokerIP1",
        `${address} is what ${others.join(", ")} ${others.length === 1 ? "gives" : "give"} clients too`,
        "Give each broker a listenPort of its own, and publish that port.",
      );
    }
  },
});
