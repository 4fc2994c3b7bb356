import type Docker from "dockerode";
import type { HelperOptions, HelperSession } from "./docker-client.ts";
import { asBuffers, demultiplex } from "./log-stream.ts";

/** What the engine needs to create a helper. */
export function helperContainer(options: HelperOptions): Docker.ContainerCreateOptions {
  const { network, alias, user } = options;
  return {
    Image: options.image,
    Entrypoint: [...options.entrypoint],
    Cmd: [],
    Labels: { ...options.labels },
    ...(user === undefined ? {} : { User: user }),
    ...(network === undefined || alias === undefined
      ? {}
      : { NetworkingConfig: { EndpointsConfig: { [network]: { Aliases: [alias] } } } }),
    HostConfig: {
      NetworkMode: network ?? "default",
      CapDrop: ["ALL"],
      CapAdd: [...(options.capabilities ?? [])],
      SecurityOpt: ["no-new-privileges"],
      ReadonlyRootfs: true,
      // Without NoCopy an empty volume would get the image's files and owner at that place.
      Mounts: (options.volumes ?? []).map(({ name, target }) => ({
        Type: "volume",
        Source: name,
        Target: target,
        VolumeOptions: { NoCopy: true, Labels: {}, DriverConfig: { Name: "local", Options: {} } },
      })),
    },
  };
}

/** Its stdin ends when this process lets go of it, or dies. */
export async function startSession(docker: Docker, options: HelperOptions): Promise<HelperSession> {
  const plan = helperContainer(options);
  const container = await docker.createContainer({
    ...plan,
    OpenStdin: true,
    StdinOnce: true,
    AttachStdin: true,
    AttachStdout: true,
    AttachStderr: true,
    HostConfig: { ...plan.HostConfig, AutoRemove: true },
  });
  try {
    const stream = await container.attach({
      stream: true,
      stdin: true,
      stdout: true,
      stderr: true,
      hijack: true,
    });
    // A connection that breaks is an end of the output; whoever waits for an answer says so.
    stream.on("error", () => {});
    await container.start();
    return {
      id: container.id,
      output: texts(stream),
      write: (text) => stream.write(text),
      detach: () => stream.end(),
    };
  } catch (error) {
    await container.remove({ force: true, v: true }).catch(() => {});
    throw error;
  }
}

async function* texts(stream: NodeJS.ReadWriteStream): AsyncGenerator<string> {
  for await (const { data } of demultiplex(asBuffers(stream))) yield data.toString("utf8");
}
