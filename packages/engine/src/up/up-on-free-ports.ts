import { type ClusterPlan, type ClusterSpec, planCluster, withOverrides } from "@hotfire/topology";
import type { DockerClient } from "../docker/docker-client.ts";
import { isEngineError } from "../errors/engine-error.ts";
import { Progress } from "../events/progress.ts";
import { chooseOffset } from "../preflight/choose-offset.ts";
import { type UpOptions, type UpResult, up } from "./up.ts";

const attempts = 5;

/**
 * `up` with the first port offset that leaves all its ports free. Another cluster that starts at the same time may be
 * faster: then at an offset further on.
 */
export async function upOnFreePorts(
  docker: DockerClient,
  spec: ClusterSpec,
  options: UpOptions = {},
): Promise<{ readonly plan: ClusterPlan; readonly result: UpResult }> {
  for (let attempt = 1; ; attempt++) {
    // Two that collide would collide again if both went on with the next one.
    const skip = attempt === 1 ? 0 : Math.floor(Math.random() * 8);
    const portOffset = await chooseOffset(docker, spec, skip);
    const plan = planCluster(withOverrides(spec, { portOffset }));
    try {
      return { plan, result: await up(docker, plan, options) };
    } catch (error) {
      if (!isEngineError(error) || error.code !== "PORT_IN_USE" || attempt === attempts) throw error;
      new Progress(options.onEvent).note("info", `${error.message} Trying other ports.`);
    }
  }
}
