import { readFile, statfs } from "node:fs/promises";
import { dirname } from "node:path";
import { formatBytes } from "@hotfire/base";
import type { DockerClient, EngineInfo } from "../docker/docker-client.ts";

const mib = 1024 * 1024;

export interface MachineMemory {
  readonly totalBytes: number;
  /** What can be had without swapping; unknown for an engine on another machine. */
  readonly availableBytes: number | undefined;
}

export async function readMemory(docker: DockerClient, info: EngineInfo): Promise<MachineMemory> {
  const text = docker.isLocalLinux ? await readFile("/proc/meminfo", "utf8").catch(() => "") : "";
  const match = /^MemAvailable:\s+(\d+) kB/m.exec(text);
  return {
    totalBytes: info.memoryBytes,
    availableBytes: match?.[1] === undefined ? undefined : Number(match[1]) * 1024,
  };
}

export interface Judgement {
  readonly level: "ok" | "warning" | "error";
  readonly message: string;
  readonly hint?: string;
}

/**
 * Judges the sum of the nodes' limits. Limits above the whole memory cannot be meant; above what is free now they
 * can work, because a node at rest stays below its limit, but somebody may be killed for it under load.
 */
export function judgeMemory(limitsBytes: number, memory: MachineMemory, alreadyUsedBytes = 0): Judgement {
  const wanted = formatBytes(limitsBytes);
  if (limitsBytes > memory.totalBytes) {
    return {
      level: "error",
      message: `The nodes' memory limits add up to ${wanted}, and the machine has ${formatBytes(memory.totalBytes)}.`,
      hint: "Lower them (--memory broker=768m, or `memory:` in the spec), or choose a smaller preset.",
    };
  }
  const available = memory.availableBytes;
  if (available !== undefined && limitsBytes > available + alreadyUsedBytes) {
    return {
      level: "warning",
      message: `The nodes' memory limits add up to ${wanted}; ${formatBytes(available)} of ${formatBytes(memory.totalBytes)} are free now.`,
      hint: "It will start; under load the kernel may have to kill a process. Lower --memory or free some.",
    };
  }
  return {
    level: "ok",
    message: `${wanted} of limits, ${formatBytes(available ?? memory.totalBytes)} available`,
  };
}

export interface Disk {
  readonly folder: string;
  readonly freeBytes: number;
  readonly usedShare: number;
}

/** The file system under the engine's folder; undefined for an engine on another machine. */
export async function readDisk(docker: DockerClient, info: EngineInfo): Promise<Disk | undefined> {
  if (!docker.isLocalLinux) return undefined;
  // The folder itself is closed to other users; its parent is on the same file system more often than not.
  for (let folder = info.rootFolder; ; folder = dirname(folder)) {
    const stats = await statfs(folder).catch(() => undefined);
    if (stats) {
      const usable = stats.blocks - stats.bfree + stats.bavail;
      return {
        folder,
        freeBytes: stats.bavail * stats.bsize,
        usedShare: usable === 0 ? 1 : (stats.blocks - stats.bfree) / usable,
      };
    }
    if (folder === dirname(folder)) return undefined;
  }
}

/** `DefaultMessageStore` refuses writes above `diskSpaceWarningLevelRatio`, 0.90 by default. */
const refusesWritesAbove = 0.9;
/** Above `diskSpaceCleanForciblyRatio`, 0.85 by default, a broker deletes messages before their time. */
const deletesEarlyAbove = 0.85;
const leastFree = 1024 * mib;

export function judgeDisk(disk: Disk | undefined): Judgement {
  if (disk === undefined) return { level: "ok", message: "the engine's disk cannot be seen from here" };
  const state = `${formatBytes(disk.freeBytes)} free, ${Math.round(disk.usedShare * 100)} % used, under ${disk.folder}`;
  const hint = "Free some: `docker system df`, `docker image prune`, or move the engine's data-root.";
  if (disk.freeBytes < leastFree)
    return { level: "error", message: `The engine's disk is nearly full: ${state}.`, hint };
  if (disk.usedShare >= refusesWritesAbove) {
    return { level: "error", message: `Brokers refuse writes on a disk that is 90 % full: ${state}.`, hint };
  }
  if (disk.usedShare >= deletesEarlyAbove) {
    return {
      level: "warning",
      message: `Brokers delete messages early on a disk that is 85 % full: ${state}.`,
      hint,
    };
  }
  return { level: "ok", message: state };
}
