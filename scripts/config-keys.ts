// Writes packages/config/src/keys/VERSION.json: every key that RocketMQ's processes take, as the broker's image says.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { rocketmqVersion } from "@hotfire/topology";

type Table = Record<string, Record<string, { default: string | null }>>;

/** Two runs on unlike machines: what differs is the machine's doing, no default. */
const machines = [
  ["--cpus=1", "--memory=512m", "--env=JAVA_TOOL_OPTIONS=-Duser.home=/tmp/one -XX:ActiveProcessorCount=1"],
  ["--memory=1g", "--env=JAVA_TOOL_OPTIONS=-Duser.home=/tmp/two -XX:ActiveProcessorCount=7"],
];

/**
 * What BrokerStartup, NamesrvStartup and ControllerStartup set before they read the file; HA is listenPort + 1. The machine's
 * address is no default either, and without a network RocketMQ looks for one until its stack is full.
 */
const setAtStart: Readonly<Record<string, Readonly<Record<string, string | null>>>> = {
  broker: { listenPort: "10911", haListenPort: null, brokerIP1: null, brokerIP2: null },
  namesrv: { listenPort: "9876" },
  controller: { listenPort: "19876" },
};

function keysOn(options: readonly string[], version: string): Table {
  const program = [
    "-Drmq.logback.configurationFile=/opt/rocketmq/conf/logback.xml",
    "-cp",
    "/opt/rocketmq/lib/*",
    "io.hotfire.launcher.configuration.PrintKeys",
  ];
  const image = `hotfire/broker:${version}`;
  const said = execFileSync("docker", ["run", "--rm", ...options, "--entrypoint=java", image, ...program], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    maxBuffer: 1 << 24,
  });
  // RocketMQ's own remarks stand before it.
  return JSON.parse(said.trim().split("\n").at(-1) ?? "");
}

/** The table as it is checked in: a line a key. */
export function keyTable(one: Table, two: Table): string {
  const kinds = Object.entries(one).map(([kind, keys]) => {
    const lines = Object.entries(keys).map(([key, facts]) => {
      const isFixed = facts.default === two[kind]?.[key]?.default;
      const start = setAtStart[kind]?.[key];
      const own = { ...facts, default: start === undefined ? (isFixed ? facts.default : null) : start };
      return `    ${JSON.stringify(key)}: ${JSON.stringify(own)}`;
    });
    return `  ${JSON.stringify(kind)}: {\n${lines.join(",\n")}\n  }`;
  });
  return `{\n${kinds.join(",\n")}\n}\n`;
}

export function keyTableOf(version: string): string {
  const [one = [], two = []] = machines;
  return keyTable(keysOn(one, version), keysOn(two, version));
}

if (import.meta.main) {
  const target = new URL(`../packages/config/src/keys/${rocketmqVersion}.json`, import.meta.url);
  writeFileSync(target, keyTableOf(rocketmqVersion));
}
