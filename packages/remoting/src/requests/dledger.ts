import { z } from "zod";
import type { RequestOptions } from "../client/options.ts";
import type { RemotingClient } from "../client/remoting-client.ts";
import { dledgerRequestCodes } from "../protocol/request-code.ts";
import { dledgerResponseCodeName, dledgerResponseCodes } from "../protocol/response-code.ts";
import { ask, bodyOf, refused } from "./exchange.ts";
import { long, nullable } from "./wire-types.ts";

// DLedger wraps every answer in this code, and says in the body what it means (DLedgerRpcNettyService.handleResponse).
const accepted: readonly number[] = [dledgerResponseCodes.SUCCESS];

const responseBody = z.object({
  code: z.number().int(),
  leaderId: nullable(z.string()),
  term: long,
  peers: nullable(z.record(z.string(), z.string())),
});

/** The peer that is asked: its group (the brokerName) and its own id (`n0`), both of which DLedger checks. */
export interface DledgerPeer {
  readonly group: string;
  readonly selfId: string;
}

export interface DledgerMetadata {
  /** Undefined while the peer knows of no leader. */
  readonly leaderId: string | undefined;
  /** Addresses by id, for DLedger's own port. */
  readonly peers: ReadonlyMap<string, string>;
}

/**
 * What one DLedger peer thinks of its group; `address` is its DLedger port (of `dLegerPeers`), not the broker's.
 * Rejects with RESPONSE_REFUSED (UNKNOWN_GROUP, UNKNOWN_MEMBER) if the peer is another than the one asked for.
 */
export async function dledgerMetadata(
  client: RemotingClient,
  address: string,
  peer: DledgerPeer,
  options?: RequestOptions,
): Promise<DledgerMetadata> {
  const answer = await askPeer(client, address, dledgerRequestCodes.METADATA, peer, {}, options);
  if (answer.code !== dledgerResponseCodes.SUCCESS) {
    throw refusedByPeer(address, dledgerRequestCodes.METADATA, answer.code);
  }
  return { leaderId: answer.leaderId, peers: new Map(Object.entries(answer.peers ?? {})) };
}

/**
 * The term a DLedger peer is in. DLedger 0.3.2 puts no term into its metadata, but answers a heartbeat of an expired
 * term with the current one and does nothing else (DLedgerLeaderElector.handleHeartBeat): -1 is below every term.
 * `otherId` is any other peer of the group, since a heartbeat from itself would be logged as a bug.
 */
export async function dledgerTerm(
  client: RemotingClient,
  address: string,
  peer: DledgerPeer & { readonly otherId: string },
  options?: RequestOptions,
): Promise<number> {
  const code = dledgerRequestCodes.HEART_BEAT;
  const answer = await askPeer(client, address, code, peer, { leaderId: peer.otherId, term: -1 }, options);
  if (answer.code !== dledgerResponseCodes.EXPIRED_TERM) throw refusedByPeer(address, code, answer.code);
  return answer.term;
}

async function askPeer(
  client: RemotingClient,
  address: string,
  code: number,
  peer: DledgerPeer,
  request: { readonly leaderId?: string; readonly term?: number },
  options: RequestOptions | undefined,
): Promise<z.output<typeof responseBody>> {
  const body = Buffer.from(JSON.stringify({ group: peer.group, remoteId: peer.selfId, ...request }));
  return bodyOf(await ask(client, address, { code, body }, options, accepted), responseBody);
}

function refusedByPeer(address: string, requestCode: number, code: number): Error {
  return refused(address, requestCode, code, dledgerResponseCodeName(code), undefined);
}
