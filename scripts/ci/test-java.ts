/**
 * Runs the launcher's tests in the broker image's build stages (JDK 21, the image's jars, no network, not root) and puts JUnit's XML and
 * RocketMQ's logs into FOLDER: `test-java.ts FOLDER TIER`. Exits with 1 where a test failed or none could be run.
 */
import { spawn } from "node:child_process";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { buildArguments } from "@hotfire/engine";
import { rocketmqVersion } from "@hotfire/topology";
import { countJunit, junitReports } from "./junit.ts";

const root = join(import.meta.dirname, "../..");
const [folder = join(root, ".hotfire/tests/java"), tier = "quick"] = process.argv.slice(2);
await rm(folder, { recursive: true, force: true });

const docker = spawn(
  "docker",
  [
    ...["build", "--progress=plain", "--target", "java-reports", "--output", `type=local,dest=${folder}`],
    ...["--file", join(root, "docker/broker/Dockerfile"), "--build-arg", `RUN=${Date.now()}`],
    ...["--build-arg", `TIER=${tier}`],
    ...(await buildArguments(rocketmqVersion)),
    join(root, "docker"),
  ],
  { stdio: ["ignore", "inherit", "pipe"], env: { ...process.env, DOCKER_BUILDKIT: "1" } },
);
const lines: string[] = [];
createInterface({ input: docker.stderr }).on("line", (line) => lines.push(line));
const code = await new Promise<number | null>((resolve) => docker.once("close", resolve));

// BuildKit's plain lines: "#21 [java-tests 6/6] RUN …" when a step begins, then "#21 3.141 what it prints".
const step = lines
  .map((line) => /^#(\d+) \[java-tests .*run\.sh/.exec(line)?.[1])
  .find((id) => id !== undefined);
const printed = lines.filter((line) => step === undefined || line.startsWith(`#${step} `));
process.stdout.write(`${printed.map((line) => line.replace(/^#\d+ (\d+\.\d+ )?/, "")).join("\n")}\n`);

const failed = junitReports(folder).reduce((sum, file) => sum + countJunit(file).failed, 0);
process.exitCode = code === 0 && failed === 0 ? 0 : 1;
