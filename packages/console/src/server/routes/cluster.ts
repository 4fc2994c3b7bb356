import { endpoints } from "../../api/index.ts";
import { type Router, seconds } from "../http/router.ts";
import type { ClusterAccess } from "../rocketmq/access.ts";
import { readAcl } from "../rocketmq/acl.ts";
import { changeConfig, readConfig } from "../rocketmq/configs.ts";
import type { Changes } from "./changes.ts";

export function bindCluster(router: Router, access: ClusterAccess, changes: Changes): void {
  const { watch } = access;
  router.json(endpoints.cluster, () => watch.state());
  router.json(endpoints.clusterHistory, () => watch.history());
  router.events(endpoints.events, () => (sink) => {
    sink.send("state", watch.state());
    const endings = [
      watch.subscribe({
        state: (state) => sink.send("state", state, { latest: true }),
        role: (event) => sink.send("role", event),
        history: (history) => sink.send("history", history),
      }),
      changes.subscribe((changed) => sink.send("changed", changed)),
    ];
    return () => {
      for (const end of endings) end();
    };
  });
  router.shared(endpoints.config, seconds(2), () => readConfig(access));
  router.json(endpoints.changeConfig, ({ body }) => changes.after("config", changeConfig(access, body)));
  router.shared(endpoints.acl, seconds(2), () => readAcl(access));
}
