import type Docker from "dockerode";
import type { AttachedContainer, AttachedOptions } from "./docker-client.ts";
import { helperContainer } from "./helper-container.ts";
import { asBuffers, demultiplex } from "./log-stream.ts";
import { waitSchema } from "./schemas.ts";

/**
 * Input and output travel over one hijacked connection: when this process dies the engine closes the container's
 * input (`StdinOnce`), and a program that reads it can end. The engine keeps no log of it.
 */
export async function startAttached(docker: Docker, options: AttachedOptions): Promise<AttachedContainer> {
  const { memoryBytes, hostAliases = [] } = options;
  const plan = helperContainer(options);
  const container = await docker.createContainer({
    ...plan,
    OpenStdin: true,
    StdinOnce: true,
    AttachStdin: true,
    AttachStdout: true,
    AttachStderr: true,
    Healthcheck: { Test: ["NONE"] },
    HostConfig: {
      ...plan.HostConfig,
      AutoRemove: true,
      ...(hostAliases.length === 0 ? {} : { ExtraHosts: hostAliases.map((name) => `${name}:host-gateway`) }),
      ...(memoryBytes === undefined ? {} : { Memory: memoryBytes, MemorySwap: memoryBytes }),
      PidsLimit: 512,
      Tmpfs: { "/tmp": "size=16m" },
      LogConfig: { Type: "none", Config: {} },
    },
  });
  try {
    const stream = await container.attach({
      stream: true,
      stdin: true,
      stdout: true,
      stderr: true,
      hijack: true,
    });
    // Asked before the start: a container that ends at once is gone before anybody could ask.
    const exited = container.wait({ condition: "next-exit" }).then(
      (answer: unknown) => waitSchema.parse(answer).StatusCode,
      () => -1,
    );
    await container.start();
    // Input that a dead container no longer takes; its exit code tells the story.
    stream.on("error", () => {});
    return {
      id: container.id,
      output: demultiplex(asBuffers(stream)),
      exited,
      write: (text) => {
        if (stream.writable) stream.write(text);
      },
      detach: () => stream.end(),
    };
  } catch (error) {
    await container.remove({ force: true }).catch(() => {});
    throw error;
  }
}
