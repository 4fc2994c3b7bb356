import type { BrokerGroupState } from "../../api/index.ts";

/**
 * Messages a second through a group. Slaves and followers count what they copy as put, so only the writer's puts are counted; what
 * a broker that does not answer did last is not what it does now.
 */
export function groupRates({ brokers, writer }: BrokerGroupState): {
  readonly in: number;
  readonly out: number;
} {
  const rates = { in: 0, out: 0 };
  for (const { id, health, tps } of brokers) {
    if (health !== "ok") continue;
    if (id === writer) rates.in += tps.in;
    rates.out += tps.out;
  }
  return rates;
}

/**
 * Messages of a day through a group: what replicas copied they count as put too, so of these only the writer's count; without a
 * writer the largest is what was put at least.
 */
export function groupCounts(
  { brokers, writer }: BrokerGroupState,
  day: "messagesToday" | "messagesYesterday",
): { readonly in: number; readonly out: number } {
  const own = brokers.find(({ id }) => id === writer);
  return {
    in: own?.[day].in ?? Math.max(0, ...brokers.map((broker) => broker[day].in)),
    out: brokers.reduce((sum, broker) => sum + broker[day].out, 0),
  };
}
