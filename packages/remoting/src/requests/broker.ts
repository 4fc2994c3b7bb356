import { z } from "zod";
import type { RequestOptions } from "../client/options.ts";
import type { RemotingClient } from "../client/remoting-client.ts";
import { requestCodes } from "../protocol/request-code.ts";
import { type BrokerCondition, brokerCondition } from "./broker-condition.ts";
import { ask, bodyOf, fieldsOf } from "./exchange.ts";
import { formatProperties, parseProperties } from "./java-properties.ts";
import { long } from "./wire-types.ts";

const runtimeInfoBody = z.object({ table: z.record(z.string(), z.string()) });

/** A broker's own account of itself. The named values are read from `table`, which has everything it said. */
export interface BrokerRuntimeInfo {
  /** Such as `V5_5_0`. */
  readonly version: string | undefined;
  /** When the process began, in milliseconds since 1970. */
  readonly bootTimestamp: number | undefined;
  /** The byte position behind the newest message; in DLedger mode behind the newest committed one. */
  readonly commitLogMaxOffset: number | undefined;
  readonly commitLogMinOffset: number | undefined;
  /** Bytes of the commit log that no consume queue shows yet. */
  readonly dispatchBehindBytes: number | undefined;
  readonly putTps: string | undefined;
  readonly condition: BrokerCondition | undefined;
  readonly table: ReadonlyMap<string, string>;
}

/** GET_BROKER_RUNTIME_INFO: every broker answers it as soon as it serves, whatever its role. */
export async function brokerRuntimeInfo(
  client: RemotingClient,
  broker: string,
  options?: RequestOptions,
): Promise<BrokerRuntimeInfo> {
  const answer = await ask(client, broker, { code: requestCodes.GET_BROKER_RUNTIME_INFO }, options);
  const table = new Map(Object.entries(bodyOf(answer, runtimeInfoBody).table));
  return {
    version: table.get("brokerVersionDesc"),
    bootTimestamp: integer(table.get("bootTimestamp")),
    commitLogMaxOffset: integer(table.get("commitLogMaxOffset")),
    commitLogMinOffset: integer(table.get("commitLogMinOffset")),
    dispatchBehindBytes: integer(table.get("dispatchBehindBytes")),
    putTps: table.get("putTps"),
    condition: brokerCondition(table),
    table,
  };
}

function integer(text: string | undefined): number | undefined {
  return text !== undefined && /^-?\d+$/.test(text) && long.safeParse(Number(text)).success
    ? Number(text)
    : undefined;
}

/** A broker's effective configuration (GET_BROKER_CONFIG); `version` is the data version it was read at. */
export interface BrokerConfig {
  readonly version: string;
  readonly properties: ReadonlyMap<string, string>;
}

const configHeader = z.object({ version: z.string() });

export async function brokerConfig(
  client: RemotingClient,
  broker: string,
  options?: RequestOptions,
): Promise<BrokerConfig> {
  const answer = await ask(client, broker, { code: requestCodes.GET_BROKER_CONFIG }, options);
  return {
    version: fieldsOf(answer, configHeader).version,
    properties: parseProperties(answer.frame.body.toString("utf8")),
  };
}

/**
 * Changes keys of a broker's configuration while it runs (UPDATE_BROKER_CONFIG). Not every key takes effect
 * without a restart, and RocketMQ does not say which.
 */
export async function updateBrokerConfig(
  client: RemotingClient,
  broker: string,
  properties: Readonly<Record<string, string>>,
  options?: RequestOptions,
): Promise<void> {
  const body = Buffer.from(formatProperties(properties));
  await ask(client, broker, { code: requestCodes.UPDATE_BROKER_CONFIG, body }, options);
}
