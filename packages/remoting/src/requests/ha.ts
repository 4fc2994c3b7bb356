import { z } from "zod";
import type { RequestOptions } from "../client/options.ts";
import type { RemotingClient } from "../client/remoting-client.ts";
import { requestCodes } from "../protocol/request-code.ts";
import { ask, bodyOf } from "./exchange.ts";
import { long, nullable } from "./wire-types.ts";

const haStatusBody = z.object({
  master: z.boolean(),
  /** On a master: the byte position behind its newest message. */
  masterCommitLogMaxOffset: long,
  inSyncSlaveNums: z.number().int(),
  /** On a master: its slaves. */
  haConnectionInfo: z
    .array(
      z.object({
        addr: z.string(),
        slaveAckOffset: long,
        /** How many bytes the slave is behind. */
        diff: long,
        inSync: z.boolean(),
        transferredByteInSecond: long,
        transferFromWhere: long,
      }),
    )
    .default([]),
  /** On a slave: its connection to the master. */
  haClientRuntimeInfo: nullable(
    z.object({
      masterAddr: nullable(z.string()),
      transferredByteInSecond: long,
      maxOffset: long,
      lastReadTimestamp: long,
      lastWriteTimestamp: long,
      masterFlushOffset: long,
    }),
  ),
});

/** Master-slave replication as one broker sees it. */
export type HaStatus = z.output<typeof haStatusBody>;

/** GET_BROKER_HA_STATUS. A DLedger broker has no such replication: it refuses with SYSTEM_ERROR. */
export async function haStatus(
  client: RemotingClient,
  broker: string,
  options?: RequestOptions,
): Promise<HaStatus> {
  const answer = await ask(client, broker, { code: requestCodes.GET_BROKER_HA_STATUS }, options);
  return bodyOf(answer, haStatusBody);
}
