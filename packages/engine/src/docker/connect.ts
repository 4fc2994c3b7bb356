import { EngineError } from "../errors/engine-error.ts";
import { isAtLeast } from "../process/version.ts";
import type { DockerClient, EngineInfo } from "./docker-client.ts";
import { findEndpoint } from "./endpoint.ts";

/** Compose's `start_interval`, which fast start-up rests on, needs this engine. */
export const oldestEngine = "25.0";

/** A client for the engine that the `docker` command would use. Makes no request yet. */
export async function connect(
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<DockerClient> {
  // dockerode brings an SSH client and gRPC along: by far the slowest import, so it overlaps with the rest.
  const [endpoint, { DockerodeClient }] = await Promise.all([
    findEndpoint(env),
    import("./dockerode-client.ts"),
  ]);
  return new DockerodeClient(endpoint);
}

/** Asks the engine for its facts and refuses one that is too old. */
export async function checkEngine(docker: DockerClient): Promise<EngineInfo> {
  const info = await docker.info();
  if (!isAtLeast(info.version, oldestEngine)) {
    throw new EngineError("ENGINE_TOO_OLD", `Docker Engine ${info.version} is older than ${oldestEngine}.`, {
      hint: "Install a current one: https://docs.docker.com/engine/install/, or `make setup` on Debian and Ubuntu.",
    });
  }
  return info;
}
