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
