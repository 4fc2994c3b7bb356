import type { SpecIssue } from "../../errors/spec-error.ts";
import { advertisedPortStep, brokerListenPort } from "../../plan/broker-ports.ts";
import type { ClusterSpec } from "../cluster-spec.ts";
import { expandGroups } from "../normalise.ts";
import type { Rule } from "./check-rules.ts";

interface HostPort {
  readonly port: number;
  readonly node: string;
  readonly path: SpecIssue["path"];
}

function* hostPorts(spec: ClusterSpec, brokers: number): Generator<HostPort> {
  const { ports } = spec;
  for (let index = 0; index < spec.namesrvs; index++) {
    yield {
      port: ports.namesrv + ports.offset + index,
      node: `namesrv-${index}`,
      path: ["ports", "namesrv"],
    };
  }
  for (let index = 0; index < (spec.proxy === false ? 0 : spec.proxy.replicas); index++) {
    yield { port: ports.proxy + ports.offset + index, node: `proxy-${index}`, path: ["ports", "proxy"] };
  }
  if (spec.console !== false) {
    yield { port: ports.console + ports.offset, node: "console", path: ["ports", "console"] };
  }
  if (spec.advertise === undefined) return;
  for (let position = 0; position < brokers; position++) {
    const port = brokerListenPort(spec, position);
    const node = `broker ${position + 1} of ${brokers}`;
    yield { port: port - 2, node, path: ["ports", "broker"] };
    yield { port, node, path: ["ports", "broker"] };
  }
}

function* onTheHost(spec: ClusterSpec, brokers: number): Generator<SpecIssue> {
  const taken = new Map<number, string>();
  const reported = new Set<string>();
  for (const { port, node, path } of hostPorts(spec, brokers)) {
    const key = path.join(".");
    if (reported.has(key)) continue;
    if (port > 65535) {
      reported.add(key);
      yield {
        code: "PORT",
        path,
        message: `${node} would get host port ${port}, beyond 65535`,
        hint:
          spec.ports.offset > 0 ? `Lower ports.offset (${spec.ports.offset}) or ${key}.` : `Lower ${key}.`,
      };
    }
    const other = taken.get(port);
    if (other !== undefined) {
      reported.add(key);
      yield {
        code: "PORT",
        path,
        message: `${node} and ${other} would share host port ${port}`,
        hint: `Move ${key}${key === "ports.broker" ? ` (a broker takes listenPort and listenPort - 2, brokers are ${advertisedPortStep} apart)` : ""}.`,
      };
    }
    taken.set(port, node);
  }
}

/** Inside one broker's container: listenPort - 2 (fast), listenPort, listenPort + 1 (HA) and DLedger's port. */
function* insideBrokers(spec: ClusterSpec, brokers: number): Generator<SpecIssue> {
  const last = spec.advertise === undefined ? 1 : brokers;
  const first = brokerListenPort(spec, 0);
  if (first < 3) {
    yield {
      code: "PORT",
      path: ["ports", "broker"],
      message: `listenPort ${first} leaves no room for the fast port, listenPort - 2`,
    };
  }
  if (spec.mode !== "dledger") return;
  for (let position = 0; position < last; position++) {
    const listenPort = brokerListenPort(spec, position);
    if (spec.ports.dledger >= listenPort - 2 && spec.ports.dledger <= listenPort + 1) {
      yield {
        code: "PORT",
        path: ["ports", "dledger"],
        message: `DLedger's port ${spec.ports.dledger} is one of a broker's own: listenPort ${listenPort} takes ${listenPort - 2} to ${listenPort + 1}`,
        hint: "Move ports.dledger or ports.broker.",
      };
      return;
    }
  }
}

export const portRule: Rule = function* (spec) {
  const brokers = Math.min(
    10_000,
    expandGroups(spec).reduce((sum, group) => sum + group.replicas, 0),
  );
  yield* onTheHost(spec, brokers);
  yield* insideBrokers(spec, brokers);
};
