import { endpoints, type Ops } from "../../api/index.ts";
import { refuse } from "../console-error.ts";
import type { CountedClient } from "../counted-client.ts";
import type { Router } from "../http/router.ts";
import type { ConsoleOptions } from "../options.ts";
import type { ClusterAccess } from "../rocketmq/access.ts";

export function bindOps(
  router: Router,
  access: ClusterAccess,
  options: ConsoleOptions,
  counted: CountedClient,
): void {
  const allowed = new Set([...options.namesrvs, ...options.otherNamesrvs]);
  const ops = (): Ops => ({
    namesrvs: [...access.watch.namesrvs],
    configuredNamesrvs: [...options.namesrvs],
    allowedNamesrvs: [...allowed],
    vipChannel: access.vipChannel,
    load: counted.load(),
    viewers: access.watch.viewers,
    memoryBytes: process.memoryUsage.rss(),
    uptimeMs: Math.round(process.uptime() * 1000),
  });
  router.json(endpoints.ops, ops);
  router.json(endpoints.changeOps, ({ body }) => {
    const stranger = body.namesrvs?.find((address) => !allowed.has(address));
    if (stranger !== undefined) {
      throw refuse("NAMESRV_NOT_LISTED", { address: stranger });
    }
    if (body.namesrvs !== undefined) access.watch.changeNamesrvs(body.namesrvs);
    if (body.vipChannel !== undefined) access.vipChannel = body.vipChannel;
    return ops();
  });
}
