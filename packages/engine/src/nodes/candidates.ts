import { createRemotingClient } from "@hotfire/remoting";
import { isBroker, type Member } from "../clusters/members.ts";
import type { DockerClient } from "../docker/docker-client.ts";
import { askRole } from "../status/broker-facts.ts";
import { askController } from "../status/controller-facts.ts";
import type { Candidate } from "./target.ts";

const askDeadlineMs = 1500;
/** Group name of the controllers in a target: `controller:leader`. */
const controllerGroup = "controller";

/** Every node with the role that it says it has, asked now. */
export async function readCandidates(docker: DockerClient, members: readonly Member[]): Promise<Candidate[]> {
  await using remoting = createRemotingClient({ connectTimeoutMs: askDeadlineMs });
  const options = { docker, remoting, deadlineMs: askDeadlineMs };
  // Awaited here: the client must not be closed before the answers are there.
  return await Promise.all(
    members.map(async (member): Promise<Candidate> => {
      const node = member.plan.name;
      if (isBroker(member)) return { node, group: member.plan.group, role: await askRole(member, options) };
      if (member.plan.kind !== "controller") return { node, group: undefined, role: undefined };
      const { metadata } = await askController(member, options);
      const role = metadata === undefined ? undefined : metadata.isLeader ? "leader" : "follower";
      return { node, group: controllerGroup, role };
    }),
  );
}
