import { isBroker } from "../clusters/members.ts";
import { handOver } from "../switchover/hand-over.ts";
import { switchover } from "../switchover/switchover.ts";
import type { ClusterNow, PresentMember } from "./context.ts";
import type { FaultProof } from "./fault.ts";
import { type FaultTool, nothingToTidy } from "./node-fault.ts";
import { notInForce } from "./proof.ts";

const how = "role of the successor";

/** A planned switch: nothing is broken by it, and nothing is left to heal. */
export function switchoverTool(): FaultTool {
  return {
    hits: ["running"],
    tidy: nothingToTidy,
    async hit(node, { docker, found }) {
      if (!isBroker(node)) throw notInForce(node, "it leads no broker group");
      const { changed, to, tookMs } = await switchover(docker, found, { group: node.plan.group });
      if (!changed) throw notInForce(node, `${to} had the group already`);
      const proof: FaultProof = { how, seen: `${to} takes the writes, ${tookMs} ms after the request` };
      return { proof, heal: async () => proof };
    },
  };
}

/** The group is handed over before `tool` hits its leader or master; nodes that lead nothing are hit at once. */
export function afterHandOver(tool: FaultTool): FaultTool {
  return {
    ...tool,
    async hit(node, now) {
      const successor = await successorOf(node, now);
      const fault = await tool.hit(node, now);
      if (successor === undefined) return fault;
      const seen = `handed over to ${successor}; ${fault.proof.seen}`;
      return { ...fault, proof: { ...fault.proof, seen } };
    },
  };
}

async function successorOf(node: PresentMember, { docker, found }: ClusterNow): Promise<string | undefined> {
  return isBroker(node) ? (await handOver(docker, found, node.plan))?.to : undefined;
}
