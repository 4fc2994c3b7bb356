import type Docker from "dockerode";
import type { HelperOptions } from "./docker-client.ts";

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
