import {
  clusterInfo,
  type RemotingClient,
  RemotingError,
  type RequestOptions,
  topicRoute,
} from "@hotfire/remoting";
import type { ClusterPlan } from "@hotfire/topology";
import { dialAddress, isBroker, type Member, registeredAddresses } from "../clusters/members.ts";
import type { DockerClient } from "../docker/docker-client.ts";
import type { ExpectedBroker, NamesrvView } from "./judge-registration.ts";
import { shortReason } from "./short-reason.ts";

export function expectedBrokers(plan: ClusterPlan, members: readonly Member[]): ExpectedBroker[] {
  return members.filter(isBroker).map((member) => ({
    node: member.plan.name,
    group: member.plan.group,
    role: member.plan.role,
    addresses: registeredAddresses(member, plan.spec.advertise),
  }));
}

/** Asks every name server at once what it knows; one that does not answer is a view with its problem. */
export async function readNamesrvViews(
  docker: DockerClient,
  remoting: RemotingClient,
  members: readonly Member[],
  options: RequestOptions,
): Promise<NamesrvView[]> {
  const namesrvs = members.filter(({ plan }) => plan.kind === "namesrv");
  return Promise.all(
    namesrvs.map(async (member): Promise<NamesrvView> => {
      const namesrv = member.plan.name;
      const address = dialAddress(docker, member);
      const state = member.container?.state ?? "missing";
      if (address === undefined || state !== "running") {
        return { namesrv, groups: undefined, problem: `its container is ${state}` };
      }
      try {
        const [info, isNew] = await Promise.all([
          clusterInfo(remoting, address, options),
          givesNoRoutes(remoting, address, options),
        ]);
        if (isNew)
          return { namesrv, groups: undefined, problem: "it has just started, and gives no routes yet" };
        const groups = [...info.brokers].map(([name, broker]) => [name, broker.brokerAddrs] as const);
        return { namesrv, groups: new Map(groups) };
      } catch (error) {
        return {
          namesrv,
          groups: undefined,
          problem: shortReason(error),
        };
      }
    }),
  );
}

/** Every broker has it. */
const anyTopic = "SELF_TEST_TOPIC";
/** ClientRequestProcessor of RocketMQ's name server. */
const notReady = "name server not ready";

/** Whether a name server still waits for brokers (needWaitForService): it tells of them, and clients get no route. */
async function givesNoRoutes(
  remoting: RemotingClient,
  address: string,
  options: RequestOptions,
): Promise<boolean> {
  try {
    await topicRoute(remoting, address, anyTopic, options);
    return false;
  } catch (error) {
    if (!(error instanceof RemotingError) || error.response === undefined) throw error;
    return error.response.name === "SYSTEM_ERROR" && error.response.remark === notReady;
  }
}
