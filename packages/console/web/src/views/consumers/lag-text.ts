import { count } from "../../format.ts";
import type { Translate } from "../../i18n/index.ts";

/** Messages behind at most: clients may be further than what they stored last. `null`: not known, which is not 0. */
export function lagText(lag: number | null, t: Translate): string {
  if (lag === null) return t("lag.unknown");
  return lag === 0 ? "0" : `≤ ${count(lag)}`;
}

/** Clients at brokers, and those that only proxies know. */
export function clientsText(
  { clients, proxyClients }: { readonly clients: number; readonly proxyClients: number | null },
  t: Translate,
): string {
  if (proxyClients === null) return t("clients.hidden");
  if (proxyClients === 0) return String(clients);
  return clients === 0
    ? t("clients.proxy", { n: proxyClients })
    : t("clients.both", { n: clients, m: proxyClients });
}
