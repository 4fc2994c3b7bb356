import { createRemotingClient } from "@hotfire/remoting";
import { isBroker, type Member } from "../clusters/members.ts";
import type { DockerClient } from "../docker/docker-client.ts";
import { askRole } from "../status/broker-facts.ts";
import { askController } from "../status/controller-facts.ts";
import type { Candidate } from "./target.ts";

const askDeadlineMs = 1500;
/** Group name of the controllers in a target: `controller:leader`. */
const controllerGroup = "controller";

/** What is known of a node without asking anybody. */
export function unasked(member: Member): Candidate {
  const { name, kind } = member.plan;
  const group = isBroker(member) ? member.plan.group : kind === "controller" ? controllerGroup : undefined;
  return { node: name, kind, group, role: undefined };
}

/** Every node with the role that it says it has, asked now. */
export async function readCandidates(docker: DockerClient, members: readonly Member[]): Promise<Candidate[]> {
  await using remoting = createRemotingClient({ connectTimeoutMs: askDeadlineMs });
  const options = { docker, remoting, deadlineMs: askDeadlineMs };
  // Awaited here: the client must not be closed before the answers are there.
  return await Promise.all(
    members.map(async (member): Promise<Candidate> => {
      if (isBroker(member)) return { ...unasked(member), role: await askRole(member, options) };
      if (member.plan.kind !== "controller") return unasked(member);
      const { metadata } = await askController(member, options);
      const role = metadata === undefined ? undefined : metadata.isLeader ? "leader" : "follower";
      return { ...unasked(member), role };
    }),
  );
}
