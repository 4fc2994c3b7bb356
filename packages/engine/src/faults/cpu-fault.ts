import type { DockerClient } from "../docker/docker-client.ts";
import type { PresentMember } from "./context.ts";
import { type FaultEvidence, witnessed } from "./evidence.ts";
import type { FaultProof } from "./fault.ts";
import { detailsOf } from "./lifecycle-faults.ts";
import { type FaultTool, nothingToTidy } from "./node-fault.ts";
import { notHealed, notInForce } from "./proof.ts";

const how = "CPU limit of the container";

/** Less processor time than the node wants; `cpus` counts whole processors. */
export function cpuTool(docker: DockerClient, cpus: number): FaultTool {
  return {
    hits: ["running"],
    tidy: nothingToTidy,
    async hit(node) {
      const before = (await detailsOf(docker, node)).cpuLimit;
      await docker.limitCpus(node.container.id, cpus);
      const { cpuLimit } = await detailsOf(docker, node);
      if (cpuLimit !== cpus) {
        await docker.limitCpus(node.container.id, before);
        throw notInForce(node, `its limit is ${inWords(cpuLimit)}`);
      }
      return {
        proof: {
          how,
          seen: `${inWords(cpuLimit)}, was ${inWords(before)}`,
          evidence: evidenceOf(node, before, cpuLimit),
        },
        heal: () => limitTo(docker, node, before),
      };
    },
  };
}

export async function limitTo(
  docker: DockerClient,
  node: PresentMember,
  cpus: number | undefined,
): Promise<FaultProof> {
  const before = (await detailsOf(docker, node)).cpuLimit;
  await docker.limitCpus(node.container.id, cpus);
  const { cpuLimit } = await detailsOf(docker, node);
  if (cpuLimit !== cpus) throw notHealed(node, `its limit is ${inWords(cpuLimit)}`);
  return { how, seen: inWords(cpuLimit), evidence: evidenceOf(node, before, cpuLimit) };
}

function evidenceOf(node: PresentMember, before?: number, after?: number): FaultEvidence[] {
  return witnessed(node.plan.name, { kind: "cpu-limit", before: before ?? null, after: after ?? null });
}

function inWords(cpus: number | undefined): string {
  return cpus === undefined ? "no limit" : `${cpus} CPUs`;
}
