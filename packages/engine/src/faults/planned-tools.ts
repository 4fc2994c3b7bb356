import type { BrokerPlan } from "@hotfire/topology";
import { isBroker, type Member } from "../clusters/members.ts";
import { handOver } from "../switchover/hand-over.ts";
import { switchControllers } from "../switchover/switch-controllers.ts";
import { switchover } from "../switchover/switchover.ts";
import type { ClusterNow, PresentMember } from "./context.ts";
import { type Finding, witnessed } from "./evidence.ts";
import type { FaultProof } from "./fault.ts";
import { type FaultTool, nothingToTidy } from "./node-fault.ts";
import { notInForce } from "./proof.ts";

const how = "role of the successor";

interface Switched {
  /** Who has the role now. */
  readonly holder: string;
  readonly seen: string;
}

/** A planned switch: nothing is broken by it, and nothing is left to heal. */
export function switchoverTool(to: string | undefined): FaultTool {
  return {
    hits: ["running"],
    tidy: nothingToTidy,
    async hit(node, now) {
      const { seen, holder } = isBroker(node)
        ? await switchGroup(node, now, to)
        : await switchLead(node, now);
      const finding: Finding = {
        kind: "role",
        role: isBroker(node) ? "writer" : "controller-leader",
        holder,
      };
      const proof: FaultProof = { how, seen, evidence: witnessed(node.plan.name, finding) };
      return { proof, heal: async () => proof };
    },
  };
}

async function switchGroup(
  node: PresentMember & Member<BrokerPlan>,
  { docker, found }: ClusterNow,
  asked: string | undefined,
): Promise<Switched> {
  const target = { group: node.plan.group, ...(asked === undefined ? {} : { to: asked }) };
  const { changed, to, tookMs } = await switchover(docker, found, target);
  if (changed) return { holder: to, seen: `${to} takes the writes, ${tookMs} ms after the request` };
  if (asked !== undefined) return { holder: to, seen: `${to} has the group already` };
  throw notInForce(node, `${to} had the group already`);
}

async function switchLead(node: PresentMember, { docker, found }: ClusterNow): Promise<Switched> {
  if (node.plan.kind !== "controller") throw notInForce(node, "it leads nothing");
  const { to, tookMs } = await switchControllers(docker, found);
  return { holder: to, seen: `${to} leads the controllers, ${tookMs} ms after the request` };
}

/** The group is handed over before `tool` hits its leader or master; nodes that lead nothing are hit at once. */
export function afterHandOver(tool: FaultTool): FaultTool {
  return {
    ...tool,
    async hit(node, now, hit) {
      const successor = await successorOf(node, now);
      const fault = await tool.hit(node, now, hit);
      if (successor === undefined) return fault;
      const seen = `handed over to ${successor}; ${fault.proof.seen}`;
      return { ...fault, proof: { ...fault.proof, seen } };
    },
  };
}

async function successorOf(node: PresentMember, { docker, found }: ClusterNow): Promise<string | undefined> {
  return isBroker(node) ? (await handOver(docker, found, node.plan))?.to : undefined;
}
