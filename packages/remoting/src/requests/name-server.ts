import type { RequestOptions } from "../client/options.ts";
import type { RemotingClient } from "../client/remoting-client.ts";
import { requestCodes } from "../protocol/request-code.ts";
import { ask } from "./exchange.ts";
import { formatProperties, parseProperties } from "./java-properties.ts";

/** A name server's effective configuration (GET_NAMESRV_CONFIG). */
export async function nameServerConfig(
  client: RemotingClient,
  nameServer: string,
  options?: RequestOptions,
): Promise<ReadonlyMap<string, string>> {
  const { frame } = await ask(client, nameServer, { code: requestCodes.GET_NAMESRV_CONFIG }, options);
  return parseProperties(frame.body.toString("utf8"));
}

/** Changes keys of a name server's configuration while it runs (UPDATE_NAMESRV_CONFIG). */
export async function updateNameServerConfig(
  client: RemotingClient,
  nameServer: string,
  properties: Readonly<Record<string, string>>,
  options?: RequestOptions,
): Promise<void> {
  const body = Buffer.from(formatProperties(properties));
  await ask(client, nameServer, { code: requestCodes.UPDATE_NAMESRV_CONFIG, body }, options);
}
