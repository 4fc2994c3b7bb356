import { endpoints } from "../../api/index.ts";
import { refuse } from "../console-error.ts";
import { RunStore } from "../drills/run-store.ts";
import type { Router } from "../http/router.ts";
import { reportSecurityPolicy } from "../http/security.ts";

export function bindDrills(router: Router, folder: string | undefined): void {
  const store = folder === undefined ? undefined : new RunStore(folder);
  const runs = (): RunStore => {
    if (store !== undefined) return store;
    throw refuse("NO_RUNS", {});
  };
  router.json(endpoints.drills, () => runs().list());
  router.raw(endpoints.drillReport, async ({ params, c }) =>
    c.html(await runs().report(params.id), 200, { "content-security-policy": reportSecurityPolicy }),
  );
  router.events(endpoints.drillEvents, async ({ params }) => {
    const { id } = await runs().run(params.id);
    return (sink) => runs().follow(id, sink);
  });
}
