import { z } from "zod";
import { modeFacts } from "../spec/modes.ts";
import { defaultMemory, defaultPorts, rocketmqVersion } from "../spec/normalise.ts";
import { specSchema } from "../spec/schema.ts";
import { loadPreset } from "./presets.ts";

const width = 100;

function comment(text: string): string {
  const lines: string[] = [];
  let line = "#";
  for (const word of text.split(" ")) {
    if (line.length + 1 + word.length > width) {
      lines.push(line);
      line = "#";
    }
    line += ` ${word}`;
  }
  return [...lines, line].join("\n");
}

function describe(key: keyof typeof specSchema.shape): string {
  const schema = specSchema.shape[key];
  const description = schema instanceof z.ZodOptional ? schema.unwrap().description : schema.description;
  return comment(description ?? key);
}

function flow(map: Readonly<Record<string, string | number>>): string {
  return `{ ${Object.entries(map)
    .map(([key, value]) => `${key}: ${value}`)
    .join(", ")} }`;
}

/**
 * A spec to start from: what the preset says, and everything else as a comment with its default.
 * Parses to the preset's spec.
 * @throws TopologyError PRESET_UNKNOWN
 */
export function initSpec(preset: string): string {
  const spec = loadPreset(preset);
  const { promise, cost } = modeFacts(spec.mode);
  const live = (key: keyof typeof specSchema.shape, value: string | number): string =>
    `${describe(key)}\n${key}: ${value}`;
  const off = (key: keyof typeof specSchema.shape, value: string | number): string =>
    `${describe(key)}\n# ${key}: ${value}`;
  const parts = [
    comment(
      `A RocketMQ cluster for Hotfire. Start it: hotfire up FILE. See what it becomes: hotfire render FILE.`,
    ),
    live("version", spec.version),
    live("name", spec.name),
    `${describe("mode")}\n${comment(promise)}\n${comment(cost)}\nmode: ${spec.mode}`,
    `${live("groups", typeof spec.groups === "number" ? spec.groups : spec.groups.length)}
# groups:
#   - name: broker-a
#     properties: { fileReservedTime: 24 }
#   - name: broker-b
#     nodes:
#       - properties: { brokerPermission: 4 }`,
    live("replicas", spec.replicas),
    ...(spec.whenSlaveIsGone === undefined ? [] : [live("whenSlaveIsGone", spec.whenSlaveIsGone)]),
    ...(typeof spec.failover === "string" ? [live("failover", spec.failover)] : []),
    live("namesrvs", spec.namesrvs),
    ...(spec.controllers === 0 ? [] : [live("controllers", spec.controllers)]),
    off("proxy", "true"),
    off("console", "false"),
    off("clusterName", spec.clusterName),
    off("rocketmq", rocketmqVersion),
    off("memory", flow(defaultMemory)),
    off("storeLimit", "2g"),
    off("steppableClock", "true"),
    off("ports", flow(defaultPorts)),
    off("bind", spec.bind),
    off("advertise", "192.168.1.20"),
    off("properties", "{ fileReservedTime: 48, autoCreateTopicEnable: false }"),
    off("namesrvProperties", "{ orderMessageEnable: true }"),
    ...(spec.controllers === 0 ? [] : [off("controllerProperties", "{ scanNotActiveBrokerInterval: 2000 }")]),
    off("proxyProperties", "{ maxMessageSize: 1048576 }"),
  ];
  return `${parts.join("\n\n")}\n`;
}
