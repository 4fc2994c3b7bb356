import type { DockerClient } from "../docker/docker-client.ts";
import type { AddressSet } from "./addresses.ts";
import type { PresentMember } from "./context.ts";
import { type FaultEvidence, witnessed } from "./evidence.ts";
import type { FaultHelper } from "./helper.ts";
import { burstBytes, type NetworkAction } from "./nft-rules.ts";
import { tryToConnect } from "./reply.ts";

const silenceMs = 200;
const datagramBytes = 1400;

export interface Attempted {
  readonly inForce: boolean;
  readonly how: string;
  readonly seen: string;
  readonly evidence: readonly FaultEvidence[];
}

export interface Scene {
  readonly docker: DockerClient;
  readonly helper: FaultHelper;
  readonly node: PresentMember;
  readonly action: NetworkAction;
  readonly sets: readonly AddressSet[];
}

export interface Tried {
  readonly target: string;
  /** Connected or refused: packets went both ways. */
  readonly answered: boolean;
  /** `172.18.0.3:10911 silent` */
  readonly seen: string;
}

/** Connects to each, at once, from the helper's network namespace. */
export async function tryAll(
  helper: FaultHelper,
  targets: readonly string[],
  withinMs: number,
): Promise<Tried[]> {
  if (targets.length === 0) return [];
  const lines = await helper.ask(`connect ${withinMs} ${targets.join(" ")}`);
  return lines.map((seen) => {
    const [target = "", said] = seen.split(" ");
    return { target, answered: said === "connected" || said === "refused", seen };
  });
}

/** Makes packets that the rules are about, and looks at what became of them. */
export async function attempt(scene: Scene): Promise<Attempted> {
  return scene.action.kind === "cut" ? attemptThroughCut(scene) : attemptThroughFilter(scene);
}

/** One of each set is tried from the node, and the node from here if this process is one of those cut off. */
async function attemptThroughCut({ docker, helper, node, sets }: Scene): Promise<Attempted> {
  const targets = sets.flatMap(({ tries }) => tries.slice(0, 1));
  const [tried, outside] = await Promise.all([
    tryAll(helper, targets, silenceMs),
    sets.some(({ set }) => set === "clients") && docker.isLocalLinux
      ? tryToConnect(docker, node, silenceMs)
      : ("unreachable" as const),
  ]);
  const counted = await counters(helper);
  const through = [
    ...tried.filter(({ answered }) => answered).map(({ seen }) => seen),
    ...(outside === "answered" || outside === "refused" ? [`this host ${outside}`] : []),
  ];
  const seen = [
    ...tried.map((attempt) => attempt.seen),
    ...(outside === "unreachable" ? [] : [`from this host ${outside}`]),
    `${counted.in} packets to it and ${counted.out} from it dropped`,
  ].join("; ");
  const attempts = tried.length + (outside === "unreachable" ? 0 : 1);
  return {
    inForce: attempts > 0 && through.length === 0 && counted.in + counted.out > 0,
    how: `connections within ${silenceMs} ms and packet counters`,
    seen: attempts === 0 ? "no node to try a connection with" : seen,
    evidence: witnessed(
      node.plan.name,
      { kind: "connections", tried: attempts, answered: through.length },
      { kind: "packets", to: counted.in, from: counted.out },
    ),
  };
}

/** Datagrams enough that one of them is hit for sure; nobody listens where they go. */
async function attemptThroughFilter({ helper, node, action, sets }: Scene): Promise<Attempted> {
  const count = datagrams(action);
  const targets = sets.flatMap(({ tries }) => tries.slice(0, 1));
  for (const target of targets) await helper.ask(`burst ${target.split(":")[0]} ${count} ${datagramBytes}`);
  const counted = await counters(helper);
  const verb = action.kind === "delay" ? "delayed" : "dropped";
  return {
    inForce: targets.length > 0 && counted.out > 0,
    how: `${count} datagrams and packet counters`,
    seen:
      targets.length === 0
        ? "no node to send to"
        : `${counted.out} packets from it and ${counted.in} to it ${verb}`,
    evidence: witnessed(node.plan.name, { kind: "packets", to: counted.in, from: counted.out }),
  };
}

/** So that none of them hit is less likely than one in 10,000, or so that they exceed the burst. */
export function datagrams(action: NetworkAction): number {
  switch (action.kind) {
    case "loss":
      return Math.ceil(Math.log(1e-4) / Math.log(1 - Math.min(action.percent, 99) / 100));
    case "throttle":
      return Math.ceil((2 * burstBytes(action.bytesPerSecond)) / datagramBytes);
    default:
      return 1;
  }
}

async function counters(helper: FaultHelper): Promise<{ in: number; out: number }> {
  const found = new Map(
    (await helper.ask("counters")).map((line) => [line.split(" ")[0], Number(line.split(" ")[1])]),
  );
  return { in: found.get("in") ?? 0, out: found.get("out") ?? 0 };
}
