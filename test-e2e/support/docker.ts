import { z } from "zod";
import { type RunOptions, run, succeeded } from "./run.ts";

/** The docker command's stdout; throws with what it said when it fails. */
export async function docker(args: readonly string[], options: RunOptions = {}): Promise<string> {
  return succeeded(await run("docker", args, options)).stdout.trim();
}

const container = z.object({
  Id: z.string(),
  Name: z.string(),
  Created: z.string(),
  RestartCount: z.number(),
  State: z.object({
    Status: z.string(),
    ExitCode: z.number(),
    OOMKilled: z.boolean(),
    Pid: z.number(),
    StartedAt: z.string(),
    Health: z.object({ Status: z.string() }).optional(),
  }),
  Config: z.object({ Labels: z.record(z.string(), z.string()), User: z.string() }),
  HostConfig: z.object({
    ReadonlyRootfs: z.boolean(),
    CapDrop: z.array(z.string()).nullable(),
    SecurityOpt: z.array(z.string()).nullable(),
    LogConfig: z.object({ Type: z.string(), Config: z.record(z.string(), z.string()) }),
  }),
  NetworkSettings: z.object({ Networks: z.record(z.string(), z.object({ IPAddress: z.string() })) }),
});

export type Container = z.output<typeof container>;

export async function inspect(id: string): Promise<Container> {
  const [found] = z.array(container).parse(JSON.parse(await docker(["container", "inspect", id])));
  if (found === undefined) throw new Error(`no container ${id}`);
  return found;
}

/** The address on the only network of a container. */
export async function addressOf(id: string): Promise<string> {
  const address = Object.values((await inspect(id)).NetworkSettings.Networks)[0]?.IPAddress;
  if (!address) throw new Error(`${id} has no address`);
  return address;
}

/** Ids of everything that carries a label, such as `io.hotfire.cluster=x`; containers that stopped included. */
export async function labelled(label: string): Promise<string[]> {
  const filter = ["--filter", `label=${label}`, "--quiet"];
  const lists = await Promise.all([
    docker(["container", "ls", "--all", ...filter]),
    docker(["network", "ls", ...filter]),
    docker(["volume", "ls", ...filter]),
  ]);
  return lists.flatMap((list) => list.split("\n").filter((id) => id !== ""));
}

/** Every Docker object of a cluster: by our label, and by that of Compose. Empty once nothing is left. */
export async function leftOf(cluster: string): Promise<string[]> {
  const found = await Promise.all([
    labelled(`io.hotfire.cluster=${cluster}`),
    labelled(`com.docker.compose.project=hotfire-${cluster}`),
  ]);
  return [...new Set(found.flat())];
}
