import { lookAt, memberNamed, type PresentMember } from "./context.ts";
import { type DiskOptions, startDiskHelpers } from "./disk-helpers.ts";
import { witnessed } from "./evidence.ts";
import { proveExited } from "./lifecycle-faults.ts";
import type { FaultTool } from "./node-fault.ts";
import { notInForce } from "./proof.ts";
import { revive } from "./rebuild.ts";

/** SIGKILL, and then its volume is emptied: what a dead disk leaves. */
export async function diskDestroyedTool(
  options: DiskOptions,
  candidates: readonly PresentMember[],
): Promise<FaultTool> {
  const { docker, cluster } = options;
  const helpers = await startDiskHelpers(options, candidates);
  return {
    hits: ["running", "restarting", "paused"],
    tidy: () => helpers.closeRest(),
    async hit(node) {
      const helper = await helpers.take(node);
      try {
        await docker.killContainer(node.container.id);
        await docker.waitForExit(node.container.id);
        const killed = await proveExited(docker, node);
        const [left] = await helper.ask("empty");
        if (left !== "0") {
          await killed.heal();
          throw notInForce(node, `${left} files are left on its disk`);
        }
        return {
          proof: {
            how: "container state and files on its volume",
            seen: `${killed.proof.seen}; ${left} files left`,
            evidence: [
              ...killed.proof.evidence,
              ...witnessed(node.plan.name, { kind: "files-left", files: Number(left) }),
            ],
          },
          heal: async () => {
            const now = await lookAt(docker, cluster);
            const { did, seen, evidence } = await revive(now, memberNamed(now, node.plan.name));
            return { how: "container state", seen: `${did}; ${seen}`, evidence };
          },
        };
      } finally {
        await helper.close();
      }
    },
  };
}
