import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { openSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type RunOptions, type RunResult, run, succeeded } from "./run.ts";
import { tempFolder } from "./temp-folder.ts";
import { until } from "./until.ts";

export interface OwnEngine extends AsyncDisposable {
  /** Runs a command beside this engine: in its network, and with its socket as DOCKER_HOST. */
  run(command: string, args: readonly string[], options?: RunOptions): Promise<RunResult>;
  /** Shuts the engine down, containers included, and starts it again on the same disk. */
  restart(): Promise<void>;
}

/**
 * A second Docker Engine, with a disk, a network namespace and packet filters of its own: what happens to it, nobody else
 * notices. Needs root and the program dockerd.
 */
export async function startOwnEngine(images: readonly string[]): Promise<OwnEngine> {
  const folder = await tempFolder();
  const path = (name: string) => join(folder.path, name);
  const socket = `unix://${path("docker.sock")}`;
  const holder = spawn("unshare", [
    "--net",
    "--mount",
    "sh",
    "-c",
    "ip link set lo up && exec sleep infinity",
  ]);
  const beside = async (command: string, args: readonly string[], options: RunOptions = {}) =>
    run("nsenter", [...namespacesOf(holder), command, ...args], {
      ...options,
      env: { ...options.env, DOCKER_HOST: socket },
    });
  const boot = async (): Promise<ChildProcess> => {
    const log = openSync(path("dockerd.log"), "a");
    const words = [
      "dockerd",
      ...["--host", socket, "--pidfile", path("docker.pid")],
      ...["--data-root", path("data"), "--exec-root", path("exec")],
      ...["--containerd-namespace", "hotfire-test", "--containerd-plugins-namespace", "hotfire-test-plugins"],
    ];
    const engine = spawn("nsenter", [...namespacesOf(holder), ...words], { stdio: ["ignore", log, log] });
    await until(
      "the test's own engine answers",
      async () => {
        if ((await beside("docker", ["version"])).code === 0) return true;
        if (engine.exitCode === null) return false;
        throw new Error(await readFile(path("dockerd.log"), "utf8"));
      },
      { deadlineMs: 60_000 },
    );
    return engine;
  };
  let engine: ChildProcess | undefined;
  const stop = async () => {
    if (engine === undefined || engine.exitCode !== null || engine.signalCode !== null) return;
    const gone = once(engine, "exit");
    engine.kill("SIGTERM");
    await gone;
  };
  const own: OwnEngine = {
    run: beside,
    async restart() {
      await stop();
      engine = await boot();
    },
    async [Symbol.asyncDispose]() {
      const left = (await beside("docker", ["ps", "--all", "--quiet"])).stdout
        .split("\n")
        .filter((id) => id !== "");
      if (left.length > 0) await beside("docker", ["rm", "--force", "--volumes", ...left]);
      await stop();
      holder.kill("SIGKILL");
      await folder[Symbol.asyncDispose]();
    },
  };
  try {
    await until("the namespace is there", async () => {
      const readable = await readFile(`/proc/${holder.pid}/comm`, "utf8").catch(() => "");
      return readable.trim() === "sleep";
    });
    engine = await boot();
    await run("sh", ["-c", `docker save ${images.join(" ")} -o ${path("images.tar")}`]).then(succeeded);
    succeeded(await beside("docker", ["load", "--quiet", "--input", path("images.tar")]));
    return own;
  } catch (error) {
    await own[Symbol.asyncDispose]();
    throw error;
  }
}

function namespacesOf({ pid }: ChildProcess): readonly string[] {
  return [`--net=/proc/${pid}/ns/net`, `--mount=/proc/${pid}/ns/mnt`, `--wd=${process.cwd()}`, "--"];
}
