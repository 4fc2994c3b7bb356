import { setTimeout as sleep } from "node:timers/promises";
import { createRemotingClient, dledgerTerm, dledgerTransferLeadership } from "@hotfire/remoting";
import type { ControllerPlan } from "@hotfire/topology";
import type { FoundCluster } from "../clusters/found-cluster.ts";
import { dialAddress, type Member, membersOf, planOf } from "../clusters/members.ts";
import type { DockerClient } from "../docker/docker-client.ts";
import { EngineError } from "../errors/engine-error.ts";
import { shortReason } from "../readiness/short-reason.ts";
import { askController } from "../status/controller-facts.ts";

export interface LeadSwitch {
  readonly from: string;
  readonly to: string;
  /** From the request to the new one saying that it leads. */
  readonly tookMs: number;
}

/** `controllerDLegerGroup` of every plan. */
const group = "controllers";
const askMs = 1500;
/** DLedger's own limit for the whole transfer is 3 s, of each of its two requests. */
const transferMs = 7000;
const deadlineMs = 10_000;
const pollMs = 50;

/**
 * Makes the next controller the leader of the controllers, with all alive: by its number, and after the last one the first, so
 * that as many switches as there are controllers have had each of them lead. Controllers are a DLedger group behind one port.
 * @throws EngineError SWITCHOVER_FAILED with the old one in place, or DEADLINE_PASSED.
 */
export async function switchControllers(docker: DockerClient, cluster: FoundCluster): Promise<LeadSwitch> {
  const controllers = membersOf(planOf(cluster), cluster)
    .filter(isController)
    .filter(({ container }) => container?.state === "running");
  await using remoting = createRemotingClient({ connectTimeoutMs: askMs });
  const leads = async (member: Member) =>
    (await askController(member, { docker, remoting, deadlineMs: askMs })).metadata?.isLeader === true;
  const answers = await Promise.all(controllers.map(leads));
  const position = answers.indexOf(true);
  const from = controllers[position];
  const to = controllers[(position + 1) % controllers.length];
  const address = from === undefined ? undefined : dialAddress(docker, from);
  if (from === undefined || to === undefined || to === from || address === undefined) {
    throw new EngineError(
      "SWITCHOVER_FAILED",
      "There are no two running controllers, one of which leads and can be reached.",
      {
        hint: `See hotfire status ${cluster.name}.`,
      },
    );
  }
  const startedAt = performance.now();
  const result = () => ({
    from: from.plan.name,
    to: to.plan.name,
    tookMs: Math.round(performance.now() - startedAt),
  });
  try {
    const leader = { group, selfId: from.plan.selfId };
    const asked = { ...leader, otherId: to.plan.selfId };
    const term = await dledgerTerm(remoting, address, asked, { deadlineMs: askMs });
    const successor = { selfId: to.plan.selfId, term };
    await dledgerTransferLeadership(remoting, address, leader, successor, { deadlineMs: transferMs });
  } catch (error) {
    throw new EngineError(
      "SWITCHOVER_FAILED",
      `${from.plan.name} did not hand the controllers over to ${to.plan.name}: ${shortReason(error)}.`,
      { hint: `See hotfire status ${cluster.name}.`, cause: error },
    );
  }
  while (performance.now() < startedAt + deadlineMs) {
    if (await leads(to)) return result();
    await sleep(pollMs);
  }
  throw new EngineError("DEADLINE_PASSED", `${to.plan.name} was chosen, but does not lead the controllers.`, {
    hint: `See hotfire status ${cluster.name}.`,
  });
}

function isController(member: Member): member is Member<ControllerPlan> {
  return member.plan.kind === "controller";
}
