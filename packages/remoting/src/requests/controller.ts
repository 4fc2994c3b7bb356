import { z } from "zod";
import type { RequestOptions } from "../client/options.ts";
import type { RemotingClient } from "../client/remoting-client.ts";
import { requestCodes } from "../protocol/request-code.ts";
import { ask, bodyOf, fieldsOf } from "./exchange.ts";
import { formatProperties, parseProperties } from "./java-properties.ts";
import { booleanField, long, nullable } from "./wire-types.ts";

const metadataHeader = z.object({
  group: z.string().optional(),
  controllerLeaderId: z.string().optional(),
  controllerLeaderAddress: z.string().optional(),
  isLeader: booleanField.default(false),
  peers: z.string().default(""),
});

export interface ControllerMetadata {
  readonly group: string | undefined;
  /** Undefined while the controllers have no leader. */
  readonly leaderId: string | undefined;
  readonly leaderAddress: string | undefined;
  /** Whether the controller that was asked is the leader. */
  readonly isLeader: boolean;
  /** Such as `n0:127.0.0.1:9878`. */
  readonly peers: readonly string[];
}

/** CONTROLLER_GET_METADATA_INFO: any controller answers it. */
export async function controllerMetadata(
  client: RemotingClient,
  controller: string,
  options?: RequestOptions,
): Promise<ControllerMetadata> {
  const answer = await ask(client, controller, { code: requestCodes.CONTROLLER_GET_METADATA_INFO }, options);
  const header = fieldsOf(answer, metadataHeader);
  return {
    group: header.group,
    leaderId: header.controllerLeaderId || undefined,
    leaderAddress: header.controllerLeaderAddress || undefined,
    isLeader: header.isLeader,
    peers: header.peers.split(";").filter((peer) => peer !== ""),
  };
}

const replica = z.object({
  brokerName: z.string(),
  brokerId: long,
  brokerAddress: z.string(),
  alive: nullable(z.boolean()),
});

export type Replica = z.output<typeof replica>;

const syncStateBody = z.object({
  replicasInfoTable: z.record(
    z.string(),
    z.object({
      masterBrokerId: nullable(long),
      masterAddress: nullable(z.string()),
      masterEpoch: z.number().int(),
      syncStateSetEpoch: z.number().int(),
      inSyncReplicas: z.array(replica),
      notInSyncReplicas: z.array(replica),
    }),
  ),
});

/** A broker group's master and the replicas that are in sync with it, as the controllers' leader knows them. */
export type SyncState = z.output<typeof syncStateBody>["replicasInfoTable"][string];

/**
 * CONTROLLER_GET_SYNC_STATE_DATA: the state of each named broker group; one the controllers do not know is left out.
 * Only the leader answers; the others refuse with CONTROLLER_NOT_LEADER.
 */
export async function syncStateData(
  client: RemotingClient,
  controllerLeader: string,
  brokerNames: readonly string[],
  options?: RequestOptions,
): Promise<ReadonlyMap<string, SyncState>> {
  const body = Buffer.from(JSON.stringify(brokerNames));
  const command = { code: requestCodes.CONTROLLER_GET_SYNC_STATE_DATA, body };
  const answer = await ask(client, controllerLeader, command, options);
  return new Map(Object.entries(bodyOf(answer, syncStateBody).replicasInfoTable));
}

/** No code of RocketMQ's: docker/launcher, ReplicasInfoProcessor. */
const controllerMemoryCode = 31_001;

/**
 * What a controller of Hotfire's image holds of broker groups in its own memory, whether it leads or not; `alive` says nothing here.
 * RocketMQ's own controllers refuse with REQUEST_CODE_NOT_SUPPORTED.
 */
export async function controllerMemory(
  client: RemotingClient,
  controller: string,
  brokerNames: readonly string[],
  options?: RequestOptions,
): Promise<ReadonlyMap<string, SyncState>> {
  const body = Buffer.from(JSON.stringify(brokerNames));
  const answer = await ask(client, controller, { code: controllerMemoryCode, body }, options);
  return new Map(Object.entries(bodyOf(answer, syncStateBody).replicasInfoTable));
}

// EpochEntry.endOffset of the epoch that is still being written: Long.MAX_VALUE.
const openEnd = 2n ** 63n - 1n;

const epochCacheBody = z.object({
  clusterName: z.string(),
  brokerName: z.string(),
  brokerId: long,
  maxOffset: long,
  epochList: nullable(
    z.array(
      z.object({
        epoch: z.number().int(),
        startOffset: long,
        /** Undefined for the epoch that is still being written. */
        endOffset: z
          .union([long, z.literal(openEnd)])
          .transform((end) => (end === openEnd ? undefined : Number(end))),
      }),
    ),
  ),
});

/** Which master epochs a broker's commit log consists of. */
export type EpochCache = z.output<typeof epochCacheBody>;

/** GET_BROKER_EPOCH_CACHE: a broker in controller mode answers it, any other refuses. */
export async function brokerEpochCache(
  client: RemotingClient,
  broker: string,
  options?: RequestOptions,
): Promise<EpochCache> {
  return bodyOf(
    await ask(client, broker, { code: requestCodes.GET_BROKER_EPOCH_CACHE }, options),
    epochCacheBody,
  );
}

/** A controller's effective configuration (GET_CONTROLLER_CONFIG). */
export async function controllerConfig(
  client: RemotingClient,
  controller: string,
  options?: RequestOptions,
): Promise<ReadonlyMap<string, string>> {
  const { frame } = await ask(client, controller, { code: requestCodes.GET_CONTROLLER_CONFIG }, options);
  return parseProperties(frame.body.toString("utf8"));
}

/** Changes keys of a controller's configuration while it runs (UPDATE_CONTROLLER_CONFIG). */
export async function updateControllerConfig(
  client: RemotingClient,
  controller: string,
  properties: Readonly<Record<string, string>>,
  options?: RequestOptions,
): Promise<void> {
  const body = Buffer.from(formatProperties(properties));
  await ask(client, controller, { code: requestCodes.UPDATE_CONTROLLER_CONFIG, body }, options);
}

const electHeader = z.object({
  masterBrokerId: z.string().transform(Number).optional(),
  masterAddress: z.string().optional(),
  masterEpoch: z.string().transform(Number).optional(),
});

export interface ElectedMaster {
  readonly brokerId: number | undefined;
  readonly address: string | undefined;
  readonly epoch: number | undefined;
}

/** CONTROLLER_ELECT_MASTER: makes one replica of a group its master, or refuses with the reason. */
export async function electMaster(
  client: RemotingClient,
  controllerLeader: string,
  target: { readonly clusterName: string; readonly brokerName: string; readonly brokerId: number },
  options?: RequestOptions,
): Promise<ElectedMaster> {
  const fields = { ...target, designateElect: true, invokeTime: Date.now() };
  const answer = await ask(
    client,
    controllerLeader,
    { code: requestCodes.CONTROLLER_ELECT_MASTER, fields },
    options,
  );
  const header = fieldsOf(answer, electHeader);
  return { brokerId: header.masterBrokerId, address: header.masterAddress, epoch: header.masterEpoch };
}
