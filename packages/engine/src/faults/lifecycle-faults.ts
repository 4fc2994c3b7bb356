import { setTimeout as sleep } from "node:timers/promises";
import type { ContainerDetails, DockerClient } from "../docker/docker-client.ts";
import { EngineError } from "../errors/engine-error.ts";
import type { PresentMember } from "./context.ts";
import { endOf, startOf, witnessed } from "./evidence.ts";
import type { FaultProof } from "./fault.ts";
import { type FaultTool, type NodeFault, nothingToTidy } from "./node-fault.ts";
import { notHealed, notInForce } from "./proof.ts";
import { askForReply } from "./reply.ts";

const how = "container state";
const silenceMs = 300;
const replyMs = 5000;

/** SIGKILL. The engine counts it as a stop by hand: `restart: unless-stopped` does not undo it. */
export function killTool(docker: DockerClient): FaultTool {
  return {
    hits: ["running", "restarting", "paused"],
    tidy: nothingToTidy,
    async hit(node) {
      await docker.killContainer(node.container.id);
      await docker.waitForExit(node.container.id);
      return proveExited(docker, node);
    },
  };
}

/** SIGTERM, and the node's whole grace to end in. */
export function stopTool(docker: DockerClient): FaultTool {
  return {
    hits: ["running", "restarting"],
    tidy: nothingToTidy,
    async hit(node) {
      await docker.stopContainer(node.container.id, node.plan.stopGraceSeconds);
      return proveExited(docker, node);
    },
  };
}

/** Stopped gracefully and started again: over when it is proven. */
export function restartTool(docker: DockerClient): FaultTool {
  return {
    hits: ["running", "restarting"],
    tidy: nothingToTidy,
    async hit(node) {
      await docker.stopContainer(node.container.id, node.plan.stopGraceSeconds);
      const stopped = await detailsOf(docker, node);
      const ended = witnessed(node.plan.name, ...endOf(node.container.state, stopped));
      const { seen, evidence } = await startAgain(docker, node);
      const proof = { how, seen: `${describeExit(stopped)}; ${seen}`, evidence: [...ended, ...evidence] };
      return { proof, heal: async () => startAgain(docker, node) };
    },
  };
}

export function pauseTool(docker: DockerClient): FaultTool {
  return {
    hits: ["running"],
    tidy: nothingToTidy,
    async hit(node) {
      await docker.pauseContainer(node.container.id);
      const [{ state }, reply] = await Promise.all([
        detailsOf(docker, node),
        askForReply(docker, node, silenceMs),
      ]);
      if (state !== "paused" || reply === "answered") {
        await unpause(docker, node);
        throw notInForce(node, `its state is ${state}, and a request was ${reply}`);
      }
      const asked =
        reply === "unreachable" ? "it cannot be asked from here" : `no answer within ${silenceMs} ms`;
      return {
        proof: {
          how: `${how} and a request`,
          seen: `paused; ${asked}`,
          evidence: witnessed(
            node.plan.name,
            { kind: "container-state", before: node.container.state, after: state },
            { kind: "request", reply },
          ),
        },
        heal: () => unpause(docker, node),
      };
    },
  };
}

/** Lets a frozen node go on and waits for an answer; a node that is not frozen any more is asked too. */
export async function unpause(docker: DockerClient, node: PresentMember): Promise<FaultProof> {
  const before = await detailsOf(docker, node);
  if (before.state === "paused") await docker.unpauseContainer(node.container.id);
  const { state } = await detailsOf(docker, node);
  if (state === "paused") throw notHealed(node, "it is still paused");
  const name = node.plan.name;
  const change = { kind: "container-state", before: before.state, after: state } as const;
  if (state !== "running") return { how, seen: `${state}, not paused`, evidence: witnessed(name, change) };
  const reply = await askForReply(docker, node, replyMs);
  const evidence = witnessed(name, change, { kind: "request", reply });
  if (reply === "unreachable") return { how, seen: "running; it cannot be asked from here", evidence };
  // Cut off from here by another fault, or just starting again: neither is a frozen process.
  return {
    how: `${how} and a request`,
    seen: reply === "answered" ? "running; answers" : `running; ${reply}`,
    evidence,
  };
}

/** Starts a node that is down. Not waited for: a broker in recovery may take long. */
export async function startAgain(docker: DockerClient, node: PresentMember): Promise<FaultProof> {
  const before = await detailsOf(docker, node);
  if (before.state !== "running") await docker.startContainer(node.container.id);
  const after = await detailsOf(docker, node);
  if (after.state !== "running") throw notHealed(node, `its state is ${after.state}`);
  return {
    how,
    seen: `running since ${after.startedAt?.toISOString() ?? "just now"}, pid ${after.pid}`,
    evidence: witnessed(node.plan.name, startOf(before.state, after)),
  };
}

export async function proveExited(docker: DockerClient, node: PresentMember): Promise<NodeFault> {
  let details = await detailsOf(docker, node);
  // The engine's wait may end a moment before its state changes.
  for (let look = 0; look < 20 && details.state !== "exited"; look++) {
    await sleep(25);
    details = await detailsOf(docker, node);
  }
  if (details.state !== "exited") {
    await startAgain(docker, node).catch(() => {});
    throw notInForce(node, `its state is ${details.state}`);
  }
  const evidence = witnessed(node.plan.name, ...endOf(node.container.state, details));
  return { proof: { how, seen: describeExit(details), evidence }, heal: () => startAgain(docker, node) };
}

function describeExit({ state, exitCode, finishedAt }: ContainerDetails): string {
  const at = finishedAt === undefined ? "" : ` at ${finishedAt.toISOString()}`;
  return `${state}${at} with code ${exitCode}`;
}

export async function detailsOf(docker: DockerClient, node: PresentMember): Promise<ContainerDetails> {
  const details = await docker.inspectContainer(node.container.id);
  if (details !== undefined) return details;
  throw new EngineError("NODE_STATE", `The container of ${node.plan.name} is gone.`, {
    hint: "Bring it back with the same hotfire up.",
  });
}
