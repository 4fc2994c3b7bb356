import { z } from "zod";
import type { RequestOptions } from "../client/options.ts";
import type { RemotingClient } from "../client/remoting-client.ts";
import { RemotingError } from "../errors/remoting-error.ts";
import { dledgerRequestCodes } from "../protocol/request-code.ts";
import { dledgerResponseCodeName, dledgerResponseCodes } from "../protocol/response-code.ts";
import { type Answer, ask, bodyOf, refused } from "./exchange.ts";
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

/**
 * Hands the leadership over to another peer; `address` and `peer` are the leader's. Resolves when the other one leads, in
 * the next term. Rejects with RESPONSE_REFUSED where that cannot be, with the leader still in place: FALL_BEHIND_TOO_MUCH
 * (1,000 entries), INCONSISTENT_TERM, NOT_LEADER, LEADER_TRANSFERRING, TAKE_LEADERSHIP_FAILED. While it goes on, the leader
 * refuses to append (DLedgerServer.handleLeadershipTransfer).
 */
export async function dledgerTransferLeadership(
  client: RemotingClient,
  address: string,
  peer: DledgerPeer,
  to: { readonly selfId: string; readonly term: number },
  options?: RequestOptions,
): Promise<void> {
  const code = dledgerRequestCodes.LEADERSHIP_TRANSFER;
  const { selfId } = peer;
  const request = { leaderId: selfId, transferId: selfId, transfereeId: to.selfId, term: to.term };
  const answer = await askPeer(client, address, code, peer, request, options);
  if (answer.code !== dledgerResponseCodes.SUCCESS) throw refusedByPeer(address, code, answer.code);
}

/** The newest entry of a peer's ledger: entries of an earlier term, or of the same term and a lower index, are older. */
export interface LedgerEnd {
  readonly term: number;
  readonly index: number;
}

const voteBody = z.object({ voteResult: z.string() });

/**
 * Where a peer's ledger ends, committed or not: what to compare replicas by. No request asks for it, but a vote is
 * refused with what is wrong with the candidate's ledger before anything else, and for term -1 always refused, without
 * any effect (DLedgerLeaderElector.handleVote). So it is found by bisection, in about 2 * log2(index) requests; while
 * the peer is written to, the answer is a place its end has passed.
 */
export async function dledgerLedgerEnd(
  client: RemotingClient,
  address: string,
  peer: DledgerPeer & { readonly otherId: string },
  options?: RequestOptions,
): Promise<LedgerEnd> {
  const currentTerm = await dledgerTerm(client, address, peer, options);
  const refusal = async (end: LedgerEnd): Promise<string> => {
    const vote = { leaderId: peer.otherId, term: -1, ledgerEndTerm: end.term, ledgerEndIndex: end.index };
    const answer = await askRaw(client, address, dledgerRequestCodes.VOTE, peer, vote, options);
    return bodyOf(answer, voteBody).voteResult;
  };
  const term = await firstWhere(currentTerm, async (candidate) => {
    return (await refusal({ term: candidate, index: -1 })) !== "REJECT_EXPIRED_LEDGER_TERM";
  });
  const index = await firstWhere(undefined, async (candidate) => {
    return (await refusal({ term, index: candidate })) === "REJECT_EXPIRED_VOTE_TERM";
  });
  return { term, index };
}

/** The lowest integer from -1 on that holds, if all above it do too. The highest to try may be unknown. */
async function firstWhere(
  highest: number | undefined,
  holds: (candidate: number) => Promise<boolean>,
): Promise<number> {
  let low = -1;
  let high = highest ?? -1;
  if (highest === undefined) {
    for (let step = 1; !(await holds(high)); step *= 2) {
      low = high + 1;
      high += step;
      if (high > Number.MAX_SAFE_INTEGER)
        throw new RemotingError("RESPONSE_INVALID", "A ledger seems to have no end");
    }
  }
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (await holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

async function askPeer(
  client: RemotingClient,
  address: string,
  code: number,
  peer: DledgerPeer,
  request: Readonly<Record<string, string | number>>,
  options: RequestOptions | undefined,
): Promise<z.output<typeof responseBody>> {
  return bodyOf(await askRaw(client, address, code, peer, request, options), responseBody);
}

function askRaw(
  client: RemotingClient,
  address: string,
  code: number,
  peer: DledgerPeer,
  request: Readonly<Record<string, string | number>>,
  options: RequestOptions | undefined,
): Promise<Answer> {
  const body = Buffer.from(JSON.stringify({ group: peer.group, remoteId: peer.selfId, ...request }));
  return ask(client, address, { code, body }, options, accepted);
}

function refusedByPeer(address: string, requestCode: number, code: number): Error {
  return refused(address, requestCode, code, dledgerResponseCodeName(code), undefined);
}
