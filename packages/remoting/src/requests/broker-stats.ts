import { z } from "zod";
import type { RequestOptions } from "../client/options.ts";
import type { RemotingClient } from "../client/remoting-client.ts";
import { requestCodes } from "../protocol/request-code.ts";
import { responseCodeName, responseCodes } from "../protocol/response-code.ts";
import { ask, bodyOf, refused } from "./exchange.ts";
import { long } from "./wire-types.ts";

const item = z.object({ sum: long, tps: z.number(), avgpt: z.number() });

const statsBody = z.object({ statsMinute: item, statsHour: item, statsDay: item });

/** One counter over the last minute, hour and day: its sum, its rate a second, and the mean value of an event. */
export type BrokerStats = z.output<typeof statsBody>;

/**
 * What a counter counts, and the key it is kept under (BrokerStatsManager.java, Stats.java): topics by `topic`, consumer
 * groups by `topic@group`, brokers by `brokerClusterName`.
 */
export type BrokerStatsName =
  | "TOPIC_PUT_NUMS"
  | "TOPIC_PUT_SIZE"
  | "GROUP_GET_NUMS"
  | "GROUP_GET_SIZE"
  | "SNDBCK_PUT_NUMS"
  | "BROKER_PUT_NUMS"
  | "BROKER_GET_NUMS"
  | "GROUP_GET_LATENCY";

/** One of a broker's counters (VIEW_BROKER_STATS_DATA); undefined while nothing was counted under the key. */
export async function brokerStats(
  client: RemotingClient,
  broker: string,
  query: { readonly statsName: BrokerStatsName; readonly statsKey: string },
  options?: RequestOptions,
): Promise<BrokerStats | undefined> {
  const fields = { statsName: query.statsName, statsKey: query.statsKey };
  const command = { code: requestCodes.VIEW_BROKER_STATS_DATA, fields };
  const accepted = [responseCodes.SUCCESS, responseCodes.SYSTEM_ERROR];
  const answer = await ask(client, broker, command, options, accepted);
  const { code, remark } = answer.frame;
  if (code === responseCodes.SUCCESS) return bodyOf(answer, statsBody);
  // "The stats <TOPIC_PUT_NUMS> <orders> not exist"; there is no code of its own for it.
  if (/not exist/.test(remark ?? "")) return undefined;
  throw refused(broker, command.code, code, responseCodeName(code), remark);
}
