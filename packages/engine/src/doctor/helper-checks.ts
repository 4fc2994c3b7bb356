import { randomBytes } from "node:crypto";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { messageOf } from "@hotfire/base";
import { labels } from "@hotfire/topology";
import type { ContainerSummary, DockerClient } from "../docker/docker-client.ts";
import type { Finding } from "./finding.ts";
import { kernelProbe, parseKernelProbe } from "./kernel-probe.ts";

const perl = "/usr/bin/perl";
const port = 7777;
const connectMs = 2000;
const appearMs = 5000;

/** Listens, for as long as the checks take, so that the host has something to reach and to pause. */
const listener = `
use IO::Socket::INET;
my $server = IO::Socket::INET->new(LocalPort => ${port}, Listen => 1, ReuseAddr => 1) or exit 1;
$SIG{ALRM} = sub { exit 0 };
alarm 4;
while (my $peer = $server->accept) { close $peer }
`;

/** What only a container can tell; each check cleans up after itself. */
export async function checkInContainers(docker: DockerClient, image: string): Promise<Finding[]> {
  const cluster = `doctor-${randomBytes(4).toString("hex")}`;
  const marks = { [labels.cluster]: cluster };
  const name = `hotfire-${cluster}`;
  const network = await docker.createNetwork(name, marks);
  try {
    const [dns, kernel, live] = await Promise.all([
      checkDns(docker, image, name, marks),
      checkKernel(docker, image, marks),
      checkLiveContainer(docker, image, name, marks, cluster),
    ]);
    return [dns, ...kernel, ...live];
  } finally {
    await docker.removeNetwork(network);
  }
}

async function checkDns(
  docker: DockerClient,
  image: string,
  network: string,
  marks: Readonly<Record<string, string>>,
): Promise<Finding> {
  const alias = "hotfire-doctor";
  const base = { id: "dns", title: "DNS inside containers" };
  const command = ["getent", "hosts", alias];
  const result = await docker.runContainer({ image, entrypoint: command, labels: marks, network, alias });
  if (result.exitCode === 0) return { ...base, result: "pass", found: "containers find each other by name" };
  return {
    ...base,
    result: "fail",
    found: "a container could not find a name of its own network",
    fix: "Docker's DNS at 127.0.0.11 must answer: look for firewall rules on the bridge, and restart the engine.",
  };
}

const kernelFeatures = [
  { name: "nftables", use: "network cuts, loss and slow links", module: "nf_tables" },
  { name: "netem", use: "delay", module: "sch_netem" },
] as const;

async function checkKernel(
  docker: DockerClient,
  image: string,
  marks: Readonly<Record<string, string>>,
): Promise<Finding[]> {
  const { stdout } = await docker.runContainer({
    image,
    entrypoint: [perl, "-e", kernelProbe],
    labels: marks,
    user: "0:0",
    capabilities: ["NET_ADMIN"],
  });
  const answers = parseKernelProbe(stdout);
  return kernelFeatures.map(({ name, use, module }): Finding => {
    const answer = answers.get(name);
    const base = { id: `kernel-${name}`, title: `Kernel: ${name}` };
    if (answer === "yes") return { ...base, result: "pass", found: `available, for drills with ${use}` };
    const found = answer === "no" ? "not in this kernel" : `could not be asked (${answer ?? "no answer"})`;
    return {
      ...base,
      result: "warn",
      found: `${found}: no drills with ${use}`,
      fix: `Load it on the engine's machine: modprobe ${module}`,
    };
  });
}

async function checkLiveContainer(
  docker: DockerClient,
  image: string,
  network: string,
  marks: Readonly<Record<string, string>>,
  cluster: string,
): Promise<Finding[]> {
  const role = "io.hotfire.doctor";
  const labelled = { ...marks, [role]: "listener" };
  const run = docker.runContainer({ image, entrypoint: [perl, "-e", listener], labels: labelled, network });
  try {
    const container = await appear(docker, cluster, role);
    if (container === undefined) return [];
    return [await checkReach(container.addresses[network]), await checkPause(docker, container.id)];
  } finally {
    await run.catch(() => {});
  }
}

async function appear(
  docker: DockerClient,
  cluster: string,
  role: string,
): Promise<ContainerSummary | undefined> {
  const until = performance.now() + appearMs;
  while (performance.now() < until) {
    const found = await docker.listContainers({ name: labels.cluster, value: cluster });
    const running = found.find(
      (container) => container.labels[role] !== undefined && container.state === "running",
    );
    if (running) return running;
    await sleep(50);
  }
  return undefined;
}

async function checkReach(address: string | undefined): Promise<Finding> {
  const base = { id: "reach", title: "Containers from this host" };
  const reached = address !== undefined && (await canConnect(address, connectMs));
  if (reached)
    return {
      ...base,
      result: "pass",
      found: `container addresses (${address}) are reachable: clients here need nothing else`,
    };
  return {
    ...base,
    result: "warn",
    found: "container addresses are not reachable from here, as with Docker Desktop or a remote engine",
    fix: "Start clusters with --advertise and an address of the engine's machine, e.g. --advertise 127.0.0.1",
  };
}

/** Tries until the listener has bound its port. */
async function canConnect(host: string, withinMs: number): Promise<boolean> {
  const until = performance.now() + withinMs;
  while (performance.now() < until) {
    const connected = await new Promise<boolean>((resolve) => {
      const socket = connect({ host, port, timeout: 500 });
      const end = (result: boolean) => {
        socket.destroy();
        resolve(result);
      };
      socket.once("connect", () => end(true));
      socket.once("error", () => end(false));
      socket.once("timeout", () => end(false));
    });
    if (connected) return true;
    await sleep(50);
  }
  return false;
}

async function checkPause(docker: DockerClient, id: string): Promise<Finding> {
  const base = { id: "pause", title: "Freezing a container" };
  try {
    await docker.pauseContainer(id);
    const state = (await docker.inspectContainer(id))?.state;
    await docker.unpauseContainer(id);
    if (state === "paused") return { ...base, result: "pass", found: "works, for drills that pause a node" };
    return {
      ...base,
      result: "warn",
      found: `the container was ${state} afterwards`,
      fix: "Drills that pause a node will not run here.",
    };
  } catch (error) {
    const reason = messageOf(error);
    return {
      ...base,
      result: "warn",
      found: reason,
      fix: "The engine needs the freezer control group; drills that pause a node will not run here.",
    };
  }
}
