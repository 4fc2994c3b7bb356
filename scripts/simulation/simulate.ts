/**
 * Runs the simulation (docs/explanation/simulation.md) in an image of its own: the JDK and the jars of the broker's build stages, no network, not root.
 * `simulate.ts [--local] [OPTION…]`; --local uses the JDK on PATH instead and needs `scripts/setup/jars.sh` once. --report FILE is written here.
 */
import { spawn } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { buildArguments } from "@hotfire/engine";
import { rocketmqVersion } from "@hotfire/topology";

const root = join(import.meta.dirname, "../..");
const others = process.argv.slice(2);
const isLocal = taken("--local", 1).length > 0;
const [, file] = taken("--report", 2);
const report = file === undefined ? undefined : resolve(file);
if (report !== undefined) await mkdir(dirname(report), { recursive: true });
process.exitCode = isLocal ? await local() : await contained();

/** Takes an option, with its value if it has one, out of those for the simulation. */
function taken(option: string, length: number): string[] {
  const at = others.indexOf(option);
  return at === -1 ? [] : others.splice(at, length);
}

async function local(): Promise<number> {
  return run(join(root, "docker/simulation/run.sh"), [...others, ...(report ? ["--report", report] : [])]);
}

async function contained(): Promise<number> {
  const image = "hotfire/simulation:build";
  const build = ["build", "--quiet", "--tag", image, "--file", join(root, "docker/simulation/Dockerfile")];
  const built = await run("docker", [
    ...build,
    ...(await buildArguments(rocketmqVersion)),
    join(root, "docker"),
  ]);
  if (built !== 0) return built;
  const name = `hotfire-simulation-${process.pid}`;
  // Without a network a container's own name has no address, and RocketMQ looks for one without end (MixAll.localhost); localhost has.
  const alone = ["--network=none", "--hostname=localhost"];
  const container = ["run", "--name", name, ...alone, "--label", "org.hotfire.simulation", image];
  // The shell in it is process 1 and heeds no signal, so Docker's client would pass one on and wait for ever.
  const stop = () => void run("docker", ["rm", "--force", name], true);
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, stop);
  try {
    const code = await run("docker", [
      ...container,
      ...others,
      ...(report ? ["--report", "/reports/simulation.json"] : []),
    ]);
    const copied = report
      ? await run("docker", ["cp", "--quiet", `${name}:/reports/simulation.json`, report])
      : 0;
    return code || copied;
  } finally {
    await run("docker", ["rm", "--force", name], true);
  }
}

function run(command: string, args: readonly string[], isQuiet = false): Promise<number> {
  const child = spawn(command, args, {
    stdio: ["ignore", isQuiet ? "ignore" : "inherit", "inherit"],
    env: { ...process.env, DOCKER_BUILDKIT: "1" },
  });
  return new Promise((done) => {
    child.once("error", (error) => {
      process.stderr.write(`${command}: ${error.message}\n`);
      done(1);
    });
    child.once("close", (code) => done(code ?? 1));
  });
}
