import { formatSize, isIpv4, isLoopback } from "@hotfire/base";
import type { ClusterSpec, GroupSpec } from "../spec/cluster-spec.ts";
import { rocketmqVersion } from "../spec/normalise.ts";
import type { PlanWarning } from "./cluster-plan.ts";
import { propertyWarnings } from "./property-warnings.ts";
import { majority } from "./replication.ts";

/** "4 nodes tolerate 1 failure just like 3 (the majority of 4 is 3)". */
function evenArithmetic(members: number, what: string): string {
  const tolerated = members - majority(members);
  return `${members} ${what} tolerate ${tolerated} failure${tolerated === 1 ? "" : "s"}, just like ${members - 1}: the majority of ${members} is ${majority(members)}`;
}

function* memberWarnings(spec: ClusterSpec, groups: readonly GroupSpec[]): Generator<PlanWarning> {
  if (spec.mode === "dledger") {
    const sizes = new Set(groups.map((group) => group.replicas).filter((replicas) => replicas % 2 === 0));
    for (const size of sizes) {
      const named = groups.filter((group) => group.replicas === size);
      const which = named.length === 1 ? `group ${named[0]?.name}` : `${named.length} groups`;
      yield {
        code: "EVEN_MEMBERS",
        message: `${which}: ${evenArithmetic(size, "DLedger nodes")}`,
        hint: `Use ${size - 1} or ${size + 1} replicas.`,
      };
    }
  }
  if (spec.mode === "controller") {
    if (spec.controllers === 1) {
      yield {
        code: "FEW_CONTROLLERS",
        message: "with one controller, no master is replaced while it is down",
        hint: "Use controllers: 3.",
      };
    } else if (spec.controllers % 2 === 0) {
      yield {
        code: "EVEN_CONTROLLERS",
        message: evenArithmetic(spec.controllers, "controllers"),
        hint: `Use ${spec.controllers - 1} or ${spec.controllers + 1} controllers.`,
      };
    }
    if (spec.whenSlaveIsGone === "refuse" && groups.some((group) => group.replicas === 2)) {
      yield {
        code: "NO_SPARE_REPLICA",
        message:
          "a group of 2 brokers refuses every send while one of them is down: acknowledged means on two brokers",
        hint: "Use replicas: 3, or whenSlaveIsGone: degrade.",
      };
    }
  }
}

function* addressWarnings(spec: ClusterSpec): Generator<PlanWarning> {
  const { advertise, bind } = spec;
  // Docker Desktop's own name: there, containers do reach what is bound to the desktop's 127.0.0.1.
  const desktop = advertise?.endsWith(".docker.internal") === true;
  if (advertise !== undefined && isLoopback(bind) && !isLoopback(advertise) && !desktop) {
    yield {
      code: "ADVERTISE_UNREACHABLE",
      message: isIpv4(advertise)
        ? `brokers advertise ${advertise}, but their ports are bound to ${bind}: no client reaches them there`
        : `brokers advertise ${advertise}, but their ports are bound to ${bind}: only Docker Desktop's containers reach those`,
      hint: isIpv4(advertise)
        ? `Set bind: ${advertise}, or bind: 0.0.0.0.`
        : "With an engine on Linux set bind: 0.0.0.0.",
    };
  }
  if (!isLoopback(bind)) {
    yield {
      code: "OPEN_TO_NETWORK",
      message: `ports are bound to ${bind}, and RocketMQ asks for no password`,
      hint: "Bind to 127.0.0.1, or let only trusted machines reach this one.",
    };
  }
}

/** What a person should know about a valid spec. */
export function* planWarnings(spec: ClusterSpec, groups: readonly GroupSpec[]): Generator<PlanWarning> {
  yield* memberWarnings(spec, groups);
  if (spec.namesrvs === 1 && spec.mode !== "single-master") {
    yield {
      code: "ONE_NAMESRV",
      message: "while the only name server is down, no client finds a new master",
      hint: "Use namesrvs: 2.",
    };
  }
  if (spec.storeLimit !== undefined) {
    yield {
      code: "STORE_IN_MEMORY",
      message: `a broker's store of ${formatSize(spec.storeLimit)} is in memory: every message is gone when the broker stops, and counts against its memory limit (${formatSize(spec.memory.broker)}) until then`,
      hint: "Leave storeLimit out to keep messages.",
    };
  }
  yield* addressWarnings(spec);
  if (spec.rocketmq === rocketmqVersion) yield* propertyWarnings(spec, groups);
  if (spec.rocketmq !== rocketmqVersion) {
    yield {
      code: "VERSION_UNTESTED",
      message: `Hotfire is proven with RocketMQ ${rocketmqVersion}, not ${spec.rocketmq}`,
      hint: `Its images must have been built for it: hotfire/broker:${spec.rocketmq}.`,
    };
  }
}
