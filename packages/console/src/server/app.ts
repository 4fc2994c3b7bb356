import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { apiBase, endpoints, refusals, type Session } from "../api/index.ts";
import { refuse } from "./console-error.ts";
import type { CountedClient } from "./counted-client.ts";
import { answerError } from "./http/answer-error.ts";
import type { Audit } from "./http/audit.ts";
import { ClientAddresses } from "./http/client-address.ts";
import { cookieNameOf, Gate } from "./http/login.ts";
import { openApi } from "./http/openapi.ts";
import type { PageFiles } from "./http/page-files.ts";
import { Router } from "./http/router.ts";
import { hostCheck, originCheck, securityHeaders } from "./http/security.ts";
import type { ConsoleOptions } from "./options.ts";
import type { ClusterAccess } from "./rocketmq/access.ts";
import type { Changes } from "./routes/changes.ts";
import { bindCluster } from "./routes/cluster.ts";
import { bindConsumers } from "./routes/consumers.ts";
import { bindDrills } from "./routes/drills.ts";
import { bindMessages } from "./routes/messages.ts";
import { bindOps } from "./routes/ops.ts";
import { bindTopics } from "./routes/topics.ts";
import { consoleVersion } from "./version.ts";

/** RocketMQ takes messages of 4 MiB; a test message here has at most a million characters. */
const maxBodyBytes = 6 * 1024 * 1024;

/** A proxy in front may leave the base path on a request or take it off. */
export function withoutBase(basePath: string, path: string): string {
  const isBelow = basePath !== "" && (path === basePath || path.startsWith(`${basePath}/`));
  return isBelow ? path.slice(basePath.length) || "/" : path;
}

export interface AppParts {
  readonly options: ConsoleOptions;
  readonly access: ClusterAccess;
  readonly audit: Audit;
  readonly page: PageFiles;
  readonly changes: Changes;
  readonly counted: CountedClient;
}

export function createApp({ options, access, audit, page, changes, counted }: AppParts): Hono {
  const app = new Hono({
    getPath: (request) => withoutBase(options.basePath, new URL(request.url).pathname),
  });
  const addresses = new ClientAddresses(options.trustedProxies);
  const gate = new Gate(options, audit, addresses);
  const router = new Router(app, gate, audit, !options.write);

  app.onError(answerError);
  app.use(securityHeaders());
  app.get("/healthz", (c) => c.json({ ok: true }));
  app.use(hostCheck(options, addresses));
  app.use(originCheck(addresses));
  app.use(
    bodyLimit({
      maxSize: maxBodyBytes,
      onError: () => {
        throw refuse("BODY_TOO_LARGE", { limit: maxBodyBytes });
      },
    }),
  );

  const session = (user: string | undefined): Session => ({
    loginRequired: gate.isRequired,
    user: user ?? null,
    readOnly: !options.write,
    ...(options.write ? {} : { readOnlyHint: refusals.READ_ONLY.hint }),
    version: consoleVersion,
    // To whom has not logged in, nothing is told of the cluster.
    namesrvs: gate.isRequired && user === undefined ? [] : [...access.watch.namesrvs],
    drills: options.runs !== undefined,
  });
  router.json(endpoints.session, ({ c }) => session(gate.userOf(c)));
  router.json(endpoints.login, async ({ body, c }) => {
    await gate.login(c, body);
    return session(gate.isRequired ? body.user : undefined);
  });
  router.json(endpoints.logout, ({ c }) => {
    gate.logout(c);
    return session(undefined);
  });

  bindCluster(router, access, changes);
  bindTopics(router, access, changes);
  bindConsumers(router, access, changes);
  bindMessages(router, access);
  bindDrills(router, options.runs);
  bindOps(router, access, options, counted);

  app.get(`${apiBase}/openapi.json`, (c) =>
    c.json(openApi(consoleVersion, options.basePath, cookieNameOf(options))),
  );
  app.all("/api/*", (c) => {
    throw refuse("NO_ROUTE", { method: c.req.method, path: c.req.path, list: `${apiBase}/openapi.json` });
  });
  app.get("*", (c) => {
    const answer = page.answer(c);
    if (answer !== undefined) return answer;
    throw page.isEmpty ? refuse("PAGE_NOT_BUILT", {}) : refuse("NO_PAGE", { path: c.req.path });
  });
  return app;
}
