import type { Server } from "node:http";
import { serve } from "@hono/node-server";
import { createApp } from "./app.ts";
import { CountedClient } from "./counted-client.ts";
import { auditTo } from "./http/audit.ts";
import { PageFiles } from "./http/page-files.ts";
import type { ConsoleOptions } from "./options.ts";
import { ClusterAccess } from "./rocketmq/access.ts";
import { remotingAddresses } from "./rocketmq/proxies.ts";
import { Changes } from "./routes/changes.ts";
import { ClusterWatch } from "./watch/cluster-watch.ts";
import { NodeNames } from "./watch/node-names.ts";

export interface RunningConsole extends AsyncDisposable {
  /** Where it listens, `http://127.0.0.1:8080`. */
  readonly url: string;
}

/** Starts the server; the audit log goes to `output`. Rejects when the port cannot be had. */
export async function startConsole(
  options: ConsoleOptions,
  output: { write(line: string): unknown },
): Promise<RunningConsole> {
  const counted = new CountedClient();
  const watch = new ClusterWatch(
    counted.client,
    options.namesrvs,
    options.proxies,
    new NodeNames(options.nodes),
  );
  const access = new ClusterAccess(
    counted.client,
    watch,
    remotingAddresses(options.proxies, options.proxyRemoting),
  );
  const page = await PageFiles.read(options.page ?? "", options.basePath);
  const app = createApp({ options, access, audit: auditTo(output), page, changes: new Changes(), counted });
  const { server, port } = await listen(app.fetch, options);
  watch.start();
  return {
    url: `http://${options.host.includes(":") ? `[${options.host}]` : options.host}:${port}`,
    [Symbol.asyncDispose]: async () => {
      await watch[Symbol.asyncDispose]();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await counted.client.close();
    },
  };
}

function listen(
  fetch: Parameters<typeof serve>[0]["fetch"],
  { host, port }: ConsoleOptions,
): Promise<{ server: Server; port: number }> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch, hostname: host, port }, (info) => {
      if ("closeAllConnections" in server) resolve({ server, port: info.port });
    });
    server.once("error", reject);
  });
}
