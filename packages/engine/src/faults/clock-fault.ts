import { setTimeout as sleep } from "node:timers/promises";
import { brokerRuntimeInfo, createRemotingClient } from "@hotfire/remoting";
import { clockFile } from "@hotfire/topology";
import { dialAddress } from "../clusters/members.ts";
import type { DockerClient } from "../docker/docker-client.ts";
import type { PresentMember } from "./context.ts";
import { witnessed } from "./evidence.ts";
import type { FaultProof } from "./fault.ts";
import { type FaultTool, nothingToTidy } from "./node-fault.ts";
import { notHealed, notInForce } from "./proof.ts";

const how = "the time that the broker's own process has";
/** libfaketime reads its file again after a second. */
const withinMs = 10_000;
const pollMs = 200;
const askMs = 5000;
/** The broker tells how long it has run in whole seconds. */
const toleranceMs = 1500;

/** Steps a broker's wall clock, and nothing else: its monotonic clock and its waits go on as before. */
export function clockTool(docker: DockerClient, seconds: number): FaultTool {
  return {
    hits: ["running"],
    tidy: nothingToTidy,
    async hit(node) {
      const before = await readClock(docker, node);
      await setOffset(docker, node, seconds);
      const { steppedMs, isThere } = await untilStepped(docker, node, before, seconds * 1000);
      if (!isThere) {
        await setOffset(docker, node, 0);
        throw notInForce(node, `its clock is ${inWords(steppedMs)}`);
      }
      return { proof: proofOf(node, steppedMs), heal: () => heal(docker, node, before) };
    },
  };
}

async function heal(docker: DockerClient, node: PresentMember, before: number): Promise<FaultProof> {
  await setOffset(docker, node, 0);
  const { steppedMs, isThere } = await untilStepped(docker, node, before, 0);
  if (!isThere) throw notHealed(node, `its clock is still ${inWords(steppedMs)}`);
  return proofOf(node, steppedMs);
}

function proofOf(node: PresentMember, steppedMs: number): FaultProof {
  const evidence = witnessed(node.plan.name, { kind: "clock-offset", ms: Math.round(steppedMs) });
  return { how, seen: inWords(steppedMs), evidence };
}

/** Sets a clock right that was left wrong; undefined where it is right. */
export async function rightClock(docker: DockerClient, node: PresentMember): Promise<string | undefined> {
  const { stdout } = await docker.exec(node.container.id, ["sh", "-c", 'cat "$1" || true', "sh", clockFile]);
  const seconds = Number(stdout.trim());
  if (seconds === 0) return undefined;
  await setOffset(docker, node, 0);
  return `${inWords(seconds * 1000)} before`;
}

async function setOffset(docker: DockerClient, node: PresentMember, seconds: number): Promise<void> {
  const script = 'echo "$1" >"$2.new" && mv "$2.new" "$2"';
  const text = seconds < 0 ? String(seconds) : `+${seconds}`;
  const { exitCode, stderr } = await docker.exec(node.container.id, [
    "sh",
    "-c",
    script,
    "sh",
    text,
    clockFile,
  ]);
  if (exitCode !== 0) throw notInForce(node, `its clock could not be set: ${stderr.trim()}`);
}

async function untilStepped(docker: DockerClient, node: PresentMember, before: number, byMs: number) {
  const until = performance.now() + withinMs;
  for (;;) {
    const steppedMs = (await readClock(docker, node)) - before;
    const isThere = Math.abs(steppedMs - byMs) <= toleranceMs;
    if (isThere || performance.now() > until) return { steppedMs, isThere };
    await sleep(pollMs);
  }
}

/** How far the broker's wall clock is ahead of this machine's: when it began, by that clock, and how long it has run by it. */
async function readClock(docker: DockerClient, node: PresentMember): Promise<number> {
  const address = dialAddress(docker, node);
  if (address === undefined) throw notInForce(node, "it cannot be asked from here");
  await using remoting = createRemotingClient({ deadlineMs: askMs });
  const { bootTimestamp, table } = await brokerRuntimeInfo(remoting, address);
  const now = (bootTimestamp ?? Number.NaN) + parseRunTime(table.get("runtime") ?? "");
  if (Number.isNaN(now)) throw notInForce(node, "it does not tell the time");
  return now - Date.now();
}

/** `[ 0 days, 0 hours, 1 minutes, 3 seconds ]` (StoreStatsService.getFormatRuntime); every part is negative before its boot. */
export function parseRunTime(text: string): number {
  const parts = [...text.matchAll(/-?\d+/g)].map(([number]) => Number(number));
  const [days = Number.NaN, hours = 0, minutes = 0, seconds = 0] = parts;
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
}

function inWords(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds === 0) return "its wall clock is right";
  return `its wall clock is ${Math.abs(seconds)} s ${seconds < 0 ? "behind" : "ahead"}`;
}
