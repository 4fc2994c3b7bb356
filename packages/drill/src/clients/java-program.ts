import { findCluster, planOf } from "@hotfire/engine";
import { labels } from "@hotfire/topology";
import { DrillError } from "../errors/drill-error.ts";
import { programArgument, type StartProgram } from "./client-program.ts";

/** 128 MiB of heap; the rest is direct memory, metaspace, code and stacks. */
const memoryBytes = 352 * 1024 * 1024;
const javaOptions = [
  "-Xms128m",
  "-Xmx128m",
  "-Xss512k",
  "-XX:+UseSerialGC",
  "-XX:MaxDirectMemorySize=64m",
  "-XX:MaxMetaspaceSize=64m",
  "-XX:ReservedCodeCacheSize=32m",
  "-Duser.home=/tmp",
];

/** The Java client in a container on the cluster's network; it finds the name servers by their names, as an application does. */
export const startJavaProgram: StartProgram = async (options, onOutput) => {
  const { docker } = options;
  if (!docker.isLocalLinux) {
    throw new DrillError(
      "CLIENT_UNAVAILABLE",
      `The Java client runs next to the cluster on ${docker.address}, whose clock is not this machine's.`,
      { hint: "Run the drill on the Linux machine of the Docker Engine." },
    );
  }
  const cluster = await findCluster(docker, options.cluster);
  const network = cluster?.networks[0];
  if (cluster === undefined || network === undefined) {
    throw new DrillError("CLIENT_UNAVAILABLE", `The cluster "${options.cluster}" has no network.`, {
      hint: "See what is there: hotfire list",
    });
  }
  const plan = planOf(cluster);
  const namesrvs = plan.nodes.filter(({ kind }) => kind === "namesrv");
  const image = options.image ?? plan.nodes.find(({ kind }) => kind === "broker")?.image ?? "";
  const endpoints = namesrvs.map(({ name, ports }) => `${name}:${ports[0]?.container}`).join(";");
  const container = await docker.startAttached({
    image,
    entrypoint: [
      "/opt/java/bin/java",
      "@/opt/rocketmq/roles/broker",
      ...javaOptions,
      "io.hotfire.launcher.drill.DrillClient",
      programArgument(options, endpoints),
    ],
    labels: { [labels.cluster]: options.cluster },
    network: network.name,
    memoryBytes,
    hostAliases: [...new Set(plan.nodes.flatMap(({ hostAliases }) => hostAliases))],
  });
  const read = async () => {
    for await (const chunk of container.output) onOutput(chunk);
  };
  return {
    // A connection that breaks ends the reading; the exit code tells the story.
    exited: read()
      .catch(() => {})
      .then(() => container.exited),
    write: container.write,
    kill: () => docker.removeContainer(container.id),
  };
};
