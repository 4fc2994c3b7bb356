import { createRemotingClient, type RemotingClient } from "@hotfire/remoting";
import type { z } from "zod";
import { docker, labelled, leftOf } from "./docker.ts";
import { hotfire, hotfireJson, jsonOf } from "./hotfire.ts";
import { complaintsInUnread } from "./logs/unread.ts";
import { clusterName } from "./names.ts";
import { type RunResult, succeeded } from "./run.ts";
import {
  nodeActionSchema,
  type Status,
  statusSchema,
  upSchema,
  type Verification,
  verificationSchema,
} from "./schemas.ts";

export interface ClusterOptions {
  /** Preset or spec file. */
  readonly of: string;
  /** What the test is about; the cluster's name ends in it. */
  readonly purpose: string;
  readonly args?: readonly string[];
  /** A spec for stdin, where `of` is `-`. */
  readonly input?: string;
}

export interface TestCluster extends AsyncDisposable {
  readonly name: string;
  readonly remoting: RemotingClient;
  status(): Promise<Status>;
  /** Claims, whatever the verdict. */
  verify(): Promise<Verification>;
  /** Name servers, for a program on this host. */
  namesrvs(): Promise<readonly string[]>;
  container(node: string): string;
  /** The command that brought it up, again. */
  up(): Promise<z.output<typeof upSchema>>;
  /** `hotfire node ACTION TARGET`. */
  node(action: string, target: string): Promise<RunResult>;
  nodeJson(action: string, target: string): Promise<z.output<typeof nodeActionSchema>>;
}

/** A ready cluster of the test's own, on ports that nobody holds. Disposing of it fails if anything is left. */
export async function startCluster(options: ClusterOptions): Promise<TestCluster> {
  const name = clusterName(options.purpose);
  const upArgs = [
    "up",
    options.of,
    "--name",
    name,
    "--port-offset",
    "auto",
    "--no-build",
    ...(options.args ?? []),
  ];
  const remoting = createRemotingClient();
  const dispose = async () => {
    await remoting.close();
    await removeCluster(name);
  };
  const runOptions = options.input === undefined ? {} : { input: options.input };
  await hotfireJson(upSchema, upArgs, runOptions).catch(async (error: unknown) => {
    await dispose();
    throw error;
  });
  // Exit code 1 says that the cluster is not ready; that is a fact too.
  const status = async () => statusSchema.parse(jsonOf(await hotfire(["status", name, "--json"])));
  return {
    name,
    remoting,
    status,
    verify: async () => verificationSchema.parse(jsonOf(await hotfire(["verify", name, "--json"]))),
    namesrvs: async () => (await status()).client.namesrv.split(";"),
    container: (node) => `hotfire-${name}-${node}-1`,
    up: () => hotfireJson(upSchema, upArgs, runOptions),
    nodeJson: (action, target) => hotfireJson(nodeActionSchema, ["node", action, target, "--cluster", name]),
    node: async (action, target) => succeeded(await hotfire(["node", action, target, "--cluster", name])),
    [Symbol.asyncDispose]: dispose,
  };
}

/** `hotfire down`, and the proof that it left nothing. What it did leave is removed, so that only this test fails. */
export async function removeCluster(name: string): Promise<void> {
  if ((await leftOf(name)).length === 0) return;
  const result = await hotfire(["down", name, "--now", "--json"]);
  const left = await leftOf(name);
  if (left.length > 0) await removeByForce(name);
  succeeded(result);
  if (left.length > 0)
    throw new Error(`hotfire down ${name} left ${left.length} objects: ${left.join(", ")}`);
  const complaints = await complaintsInUnread();
  if (complaints.length > 0)
    throw new Error(`Not expected in the logs of ${name}:\n${complaints.join("\n")}`);
}

export async function removeByForce(name: string): Promise<void> {
  const label = `label=io.hotfire.cluster=${name}`;
  const list = async (kind: string, ...more: string[]) =>
    (await docker([kind, "ls", ...more, "--filter", label, "--quiet"])).split("\n").filter((id) => id !== "");
  const containers = await list("container", "--all");
  if (containers.length > 0) await docker(["container", "rm", "--force", "--volumes", ...containers]);
  const networks = await list("network");
  for (const id of networks) {
    // A client of a test whose `docker run` was killed is still on it.
    const clients = await docker(["container", "ls", "--all", "--quiet", "--filter", `network=${id}`]);
    const ids = clients.split("\n").filter((one) => one !== "");
    if (ids.length > 0) await docker(["container", "rm", "--force", ...ids]);
  }
  for (const [kind, ids] of [
    ["network", networks],
    ["volume", await list("volume")],
  ] as const) {
    if (ids.length > 0) await docker([kind, "rm", ...ids]);
  }
}

/** Names of the clusters whose objects are on the engine. */
export async function clustersOnEngine(): Promise<string[]> {
  const key = "io.hotfire.cluster";
  if ((await labelled(key)).length === 0) return [];
  const format = ["--filter", `label=${key}`, "--format", `{{.Label "${key}"}}`];
  const lists = await Promise.all([
    docker(["container", "ls", "--all", ...format]),
    docker(["network", "ls", ...format]),
    docker(["volume", "ls", ...format]),
  ]);
  return [...new Set(lists.flatMap((list) => list.split("\n").filter((line) => line !== "")))].sort();
}
