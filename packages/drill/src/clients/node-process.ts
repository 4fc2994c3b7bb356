import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { chooseCluster, dialAddress, membersOf, planOf } from "@hotfire/engine";
import { DrillError } from "../errors/drill-error.ts";
import { programArgument, type StartProgram } from "./client-program.ts";
import { prepareProxy } from "./prepare-proxy.ts";

const program = fileURLToPath(new URL("node-program.ts", import.meta.url));

/** The Node client in a process of its own: its event loop and its noise stay away from the run's. */
export const startNodeProgram: StartProgram = async (options, onOutput) => {
  const { docker } = options;
  const cluster = await chooseCluster(docker, options.cluster);
  const members = membersOf(planOf(cluster), cluster).filter(({ plan }) => plan.kind === "proxy");
  const endpoints = members.flatMap((member) => {
    const published = member.plan.ports.find(({ purpose }) => purpose === "grpc")?.host;
    // A published port outlives a restart of the proxy, its container's address may not.
    return published === undefined
      ? (dialAddress(docker, member) ?? [])
      : `${docker.publishedHost}:${published.port}`;
  });
  if (endpoints.length === 0) {
    throw new DrillError("CLIENT_UNAVAILABLE", `The cluster "${options.cluster}" has no proxy.`, {
      hint: "The Node client speaks gRPC only: start the cluster with --proxy, or use the Java client.",
    });
  }
  await prepareProxy(options);
  const child = spawn(process.execPath, [program, programArgument(options, endpoints.join(";"))], {
    stdio: ["pipe", "pipe", "pipe"],
    // Ctrl-C at the terminal is the run's to act on; the end of its input ends the program.
    detached: true,
  });
  child.stdin.on("error", () => {});
  child.stdout.on("data", (data: Buffer) => onOutput({ stream: "stdout", data }));
  child.stderr.on("data", (data: Buffer) => onOutput({ stream: "stderr", data }));
  const exited = new Promise<number>((resolve) => {
    child.once("error", () => resolve(-1));
    child.once("close", (code) => resolve(code ?? -1));
  });
  return {
    exited,
    write: (text) => child.stdin.write(text),
    kill: async () => {
      child.kill("SIGKILL");
      await exited;
    },
  };
};
