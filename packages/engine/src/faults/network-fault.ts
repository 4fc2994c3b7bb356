import { setTimeout as sleep } from "node:timers/promises";
import { labels } from "@hotfire/topology";
import type { DockerClient } from "../docker/docker-client.ts";
import { addressesOf } from "./addresses.ts";
import { type ClusterNow, lookAt, memberNamed, type PresentMember } from "./context.ts";
import { type Finding, witnessed } from "./evidence.ts";
import type { FaultProof, FaultRequest } from "./fault.ts";
import { FaultHelper, type HelperPlace } from "./helper.ts";
import { detailsOf } from "./lifecycle-faults.ts";
import { attempt, tryAll } from "./network-proof.ts";
import { type NetworkAction, nftTable, tableName } from "./nft-rules.ts";
import type { FaultTool, NodeFault } from "./node-fault.ts";
import { notHealed, notInForce } from "./proof.ts";

const healedMs = 3000;

/** A helper in the network namespace that a node's container has at the moment. */
interface Placed {
  readonly helper: FaultHelper;
  /** A container that was restarted has another namespace. */
  readonly startedAt: number | undefined;
}

export interface NetworkOptions {
  readonly docker: DockerClient;
  readonly cluster: string;
  readonly request: FaultRequest;
  readonly action: NetworkAction;
}

/** Rules in the node's own network namespace: nothing on the host changes, and they end with the container. */
export async function networkTool(
  options: NetworkOptions,
  candidates: readonly PresentMember[],
): Promise<FaultTool> {
  const { docker, request } = options;
  const placed = new Map<string, Placed>();
  const tidy = async () => {
    const spare = [...placed.values()];
    placed.clear();
    await Promise.all(spare.map(({ helper }) => helper.close()));
  };
  try {
    await Promise.all(
      candidates.map(async (node) =>
        placed.set(node.plan.name, await place(docker, placeFor(options, node), node)),
      ),
    );
  } catch (error) {
    await tidy();
    throw error;
  }
  return {
    hits: ["running"],
    tidy,
    async hit(node, now, hit) {
      const name = node.plan.name;
      const ready = placed.get(name);
      placed.delete(name);
      const { startedAt } = await detailsOf(docker, node);
      if (ready?.helper.isAlive && ready.startedAt === startedAt?.getTime()) {
        return enforce(options, node, now, hit, ready);
      }
      const [fresh] = await Promise.all([
        place(docker, placeFor(options, node), node),
        ready?.helper.close(),
      ]);
      return enforce(options, node, now, hit, fresh);
    },
  };

  function placeFor({ cluster }: NetworkOptions, node: PresentMember): HelperPlace {
    return { docker, cluster, id: request.id, node: node.plan.name, leaseMs: request.leaseMs };
  }

  async function place(docker: DockerClient, at: HelperPlace, node: PresentMember): Promise<Placed> {
    const { startedAt } = await detailsOf(docker, node);
    const helper = await FaultHelper.net(at, node.container.id, tableName(request.id));
    return { helper, startedAt: startedAt?.getTime() };
  }
}

async function enforce(
  options: NetworkOptions,
  node: PresentMember,
  now: ClusterNow,
  hit: readonly string[],
  placed: Placed,
): Promise<NodeFault> {
  const { docker, request, action } = options;
  const { helper } = placed;
  try {
    const sets = action.from.map((set) => addressesOf(set, node, now.members, hit));
    if (sets.every(({ addresses, not }) => addresses.length === 0 && !not)) {
      throw notInForce(node, `no ${action.from.join(" or ")} of it are running`);
    }
    const rules = nftTable(tableName(request.id), action, sets);
    await helper.ask(`rules ${rules.split("\n").length}\n${rules}`);
    if (action.kind === "delay") await helper.ask(`delay ${action.ms}`);
    const { inForce, ...proof } = await attempt({ docker, helper, node, action, sets });
    if (!inForce) throw notInForce(node, proof.seen);
    return {
      proof,
      heal: () => heal(options, node.plan.name, hit, placed),
    };
  } catch (error) {
    await helper.close();
    throw error;
  }
}

/** Takes the rules back wherever the node is now, and connects. */
async function heal(
  { docker, cluster, request, action }: NetworkOptions,
  name: string,
  hit: readonly string[],
  { helper, startedAt }: Placed,
): Promise<FaultProof> {
  const how = "list of tables and connections";
  try {
    const [undone] = await helper.ask("undo").catch(() => []);
    // At the end of its lease a helper takes the rules back first, and ends a moment later.
    const wasAlive = helper.isAlive;
    const now = await lookAt(docker, cluster);
    const node = memberNamed(now, name);
    const details = await detailsOf(docker, node);
    if (details.state !== "running")
      return {
        how,
        seen: `${details.state}: its rules ended with its network`,
        evidence: witnessed(name, { kind: "filter", left: 0, ended: "network" }),
      };
    const isSame = details.startedAt?.getTime() === startedAt && undone !== undefined;
    const at = { docker, cluster, id: request.id, node: name, leaseMs: 60_000 };
    const current = isSame ? helper : await FaultHelper.net(at, node.container.id, tableName(request.id));
    try {
      if (!isSame) await current.ask("undo");
      const left = (await current.ask("tables")).filter((table) => table === tableName(request.id));
      if (left.length > 0) throw notHealed(node, `${left.join(", ")} is still there`);
      const ended = undone === "1" ? "removed" : wasAlive ? "none-left" : "lease";
      const gone = {
        removed: "the rules are gone",
        "none-left": "no rules were left",
        lease: "the lease had ended",
      }[ended];
      const sets = action.from.map((set) => addressesOf(set, node, now.members, hit));
      const answers = await connectUntil(
        current,
        sets.flatMap(({ tries }) => tries),
      );
      const reached = answers.filter(({ answered }) => answered);
      // Whom it reaches may be cut off by another fault.
      if (reached.length === 0 && answers.length > 0 && !hasOtherFaults(now, request.id)) {
        throw notHealed(
          node,
          `the rules are gone, and no node answers: ${answers.map(({ seen }) => seen).join(", ")}`,
        );
      }
      const findings: Finding[] = [
        { kind: "filter", left: left.length, ended },
        { kind: "connections", tried: answers.length, answered: reached.length },
      ];
      return {
        how,
        seen: [gone, ...answers.map(({ seen }) => seen)].join("; "),
        evidence: witnessed(name, ...findings),
      };
    } finally {
      if (current !== helper) await current.close();
    }
  } finally {
    await helper.close();
  }
}

function hasOtherFaults({ found }: ClusterNow, id: string): boolean {
  return found.helpers.some((helper) => ![id, undefined].includes(helper.labels[labels.fault]));
}

/** Asks again until somebody answers: the healed network's first packets may still wait for an address. */
async function connectUntil(helper: FaultHelper, targets: readonly string[]) {
  const until = performance.now() + healedMs;
  for (;;) {
    const answers = await tryAll(helper, targets, 500);
    if (answers.length === 0 || answers.some(({ answered }) => answered) || performance.now() > until)
      return answers;
    await sleep(50);
  }
}
