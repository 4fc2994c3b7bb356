import { brokerConfig, controllerConfig, createRemotingClient, nameServerConfig } from "@hotfire/remoting";
import type { EffectiveConfiguration } from "@hotfire/topology";
import type { FoundCluster } from "../clusters/found-cluster.ts";
import { dialAddress, type Member, membersOf, planOf } from "../clusters/members.ts";
import type { DockerClient } from "../docker/docker-client.ts";
import { shortReason } from "../readiness/short-reason.ts";

export interface EffectiveResult {
  readonly configuration: EffectiveConfiguration;
  /** Node -> why it could not be asked. Proxies and consoles do not tell their configuration and are in neither. */
  readonly problems: ReadonlyMap<string, string>;
}

const deadlineMs = 3000;

/** What the processes of a running cluster say they run with. */
export async function readEffective(
  docker: DockerClient,
  cluster: FoundCluster,
  options: { readonly signal?: AbortSignal } = {},
): Promise<EffectiveResult> {
  const configuration = new Map<string, ReadonlyMap<string, string>>();
  const problems = new Map<string, string>();
  await using client = createRemotingClient({ deadlineMs });
  const ask = async (member: Member) => {
    const { kind, name } = member.plan;
    if (kind === "proxy" || kind === "console") return;
    const address = dialAddress(docker, member);
    if (member.container?.state !== "running" || address === undefined) {
      problems.set(name, "it does not run, or this host cannot reach it");
      return;
    }
    try {
      configuration.set(
        name,
        kind === "broker"
          ? (await brokerConfig(client, address, options)).properties
          : await (kind === "namesrv" ? nameServerConfig : controllerConfig)(client, address, options),
      );
    } catch (error) {
      options.signal?.throwIfAborted();
      problems.set(name, shortReason(error));
    }
  };
  await Promise.all(membersOf(planOf(cluster), cluster).map(ask));
  return { configuration, problems };
}
