import { setTimeout as sleep } from "node:timers/promises";
import { formatSize } from "@hotfire/base";
import type { PresentMember } from "./context.ts";
import { type DiskOptions, startDiskHelpers, volumeOf } from "./disk-helpers.ts";
import { type FaultEvidence, witnessed } from "./evidence.ts";
import type { FaultProof } from "./fault.ts";
import { FaultHelper } from "./helper.ts";
import { detailsOf } from "./lifecycle-faults.ts";
import type { FaultTool } from "./node-fault.ts";
import { notHealed, notInForce } from "./proof.ts";

/**
 * Above RocketMQ's limit of 90 % (diskSpaceWarningLevelRatio), with room for what is still written until it looks: a
 * memory-mapped write beyond a full tmpfs would kill the broker.
 */
const defaultPercent = 94;
const fullPercent = 90;
/** DefaultMessageStore looks at the disk for the first time 60 s after its start, then every 10 s. */
const firstLookMs = 62_000;
const how = "space used on its volume";

/** Fills a store of limited size with ballast. The broker refuses writes once it has looked, within 10 s. */
export async function diskFullTool(
  options: DiskOptions & {
    /** How full; a fault that fills to the last byte may end the broker. */
    readonly percent?: number | undefined;
    readonly onProgress?: ((message: string) => void) | undefined;
    readonly signal?: AbortSignal | undefined;
  },
  candidates: readonly PresentMember[],
): Promise<FaultTool> {
  const { docker, cluster, request, percent = defaultPercent, onProgress, signal } = options;
  const limited = candidates.filter((node) => volumeOf(node)?.sizeBytes !== undefined);
  for (const node of limited) {
    const since = (await detailsOf(docker, node)).startedAt?.getTime() ?? 0;
    const waitMs = since + firstLookMs - Date.now();
    if (waitMs <= 0) continue;
    onProgress?.(`${node.plan.name} looks at its disk in ${Math.ceil(waitMs / 1000)} s for the first time`);
    await sleep(waitMs, undefined, signal === undefined ? {} : { signal });
  }
  const helpers = await startDiskHelpers(options, limited);
  return {
    hits: ["running"],
    tidy: () => helpers.closeRest(),
    async hit(node) {
      if (volumeOf(node)?.sizeBytes === undefined) throw notInForce(node, "its store has no limit");
      const helper = await helpers.take(node);
      try {
        const use = await fill(helper, percent);
        if (use.percent <= fullPercent) throw notInForce(node, `its store is at ${describe(use)}`);
        const proof = { how, seen: describe(use), evidence: evidenceOf(node, use) };
        return { proof, heal: () => heal(node, helper) };
      } catch (error) {
        await helper.close();
        throw error;
      }
    },
  };

  async function heal(node: PresentMember, helper: FaultHelper): Promise<FaultProof> {
    const place = { docker, cluster, id: request.id, node: node.plan.name, leaseMs: request.leaseMs };
    const current = helper.isAlive ? helper : await FaultHelper.disk(place, volumeOf(node)?.name ?? "");
    try {
      await current.ask("undo");
      const use = await usageOf(current);
      if (use.percent > fullPercent) throw notHealed(node, `its store is still at ${describe(use)}`);
      return { how, seen: describe(use), evidence: evidenceOf(node, use) };
    } finally {
      await current.close();
    }
  }
}

/** The broker takes room as well, and may be first to the last of it. */
const fillTries = 5;
/** A store in memory is filled by clearing as much memory. */
const fillWithinMs = 60_000;

async function fill(helper: FaultHelper, percent: number): Promise<Use> {
  for (let tries = 1; ; tries += 1) {
    try {
      await helper.ask(`fill ${percent}`, fillWithinMs);
      return await usageOf(helper);
    } catch (error) {
      if (tries >= fillTries) throw error;
      await helper.ask("undo").catch(() => Promise.reject(error));
    }
  }
}

interface Use {
  readonly percent: number;
  readonly bytes: number;
}

function evidenceOf(node: PresentMember, { percent, bytes }: Use): FaultEvidence[] {
  return witnessed(node.plan.name, { kind: "disk-use", percent, bytes });
}

export async function usageOf(helper: FaultHelper): Promise<Use> {
  const [line = ""] = await helper.ask("usage");
  const [size = 0, used = 0] = line.split(" ").map(Number);
  return { percent: size === 0 ? 0 : (used / size) * 100, bytes: size };
}

export function describe({ percent, bytes }: Use): string {
  return `${percent.toFixed(1)} % of ${formatSize(bytes)}`;
}
