import { z } from "zod";
import type { RequestOptions } from "../client/options.ts";
import type { RemotingClient } from "../client/remoting-client.ts";
import { requestCodes } from "../protocol/request-code.ts";
import { ask, bodyOf } from "./exchange.ts";
import { byNumber, nullable } from "./wire-types.ts";

export const brokerData = z.object({
  cluster: z.string(),
  brokerName: z.string(),
  /** Addresses by brokerId; 0 is the master (in DLedger and controller mode the current leader). */
  brokerAddrs: byNumber(z.string()),
  enableActingMaster: z.boolean().default(false),
  zoneName: nullable(z.string()),
});

/** The brokers that share a brokerName, as one name server knows them. */
export type BrokerData = z.output<typeof brokerData>;

const clusterInfoBody = z
  .object({
    brokerAddrTable: nullable(z.record(z.string(), brokerData)),
    clusterAddrTable: nullable(z.record(z.string(), z.array(z.string()))),
  })
  .transform((body) => ({
    brokers: new Map(Object.entries(body.brokerAddrTable ?? {})),
    clusters: new Map(Object.entries(body.clusterAddrTable ?? {})),
  }));

/** `brokers` by brokerName, and the brokerNames of each cluster in `clusters`. */
export type ClusterInfo = z.output<typeof clusterInfoBody>;

/** Every broker that is registered at one name server (GET_BROKER_CLUSTER_INFO). */
export async function clusterInfo(
  client: RemotingClient,
  nameServer: string,
  options?: RequestOptions,
): Promise<ClusterInfo> {
  const answer = await ask(client, nameServer, { code: requestCodes.GET_BROKER_CLUSTER_INFO }, options);
  return bodyOf(answer, clusterInfoBody);
}

const memberGroupBody = z.object({
  brokerMemberGroup: nullable(
    z.object({ cluster: z.string(), brokerName: z.string(), brokerAddrs: byNumber(z.string()) }),
  ),
});

/** One broker group as a name server knows it, without the rest of the cluster; undefined if it does not. */
export async function brokerMemberGroup(
  client: RemotingClient,
  nameServer: string,
  group: { readonly clusterName: string; readonly brokerName: string },
  options?: RequestOptions,
): Promise<ReadonlyMap<number, string> | undefined> {
  const fields = { clusterName: group.clusterName, brokerName: group.brokerName };
  const answer = await ask(
    client,
    nameServer,
    { code: requestCodes.GET_BROKER_MEMBER_GROUP, fields },
    options,
  );
  return bodyOf(answer, memberGroupBody).brokerMemberGroup?.brokerAddrs;
}
