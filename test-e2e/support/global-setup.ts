import { access } from "node:fs/promises";
import { join } from "node:path";
import { javaImage } from "./clients.ts";
import { removeDeadRuns } from "./dead-runs.ts";
import { docker } from "./docker.ts";
import { hotfire } from "./hotfire.ts";
import { LogCollector } from "./logs/collector.ts";
import { logsFolder } from "./logs/unread.ts";
import { projectRoot, testRun } from "./names.ts";
import { succeeded } from "./run.ts";
import { removeSharedClusters } from "./shared/shared-cluster.ts";

/** The images that the tests need, once; and at the end the proof that no test left anything. */
export default async function setup(): Promise<() => Promise<void>> {
  testRun();
  const dead = await removeDeadRuns();
  if (dead.length > 0) process.stderr.write(`Removed what killed test runs left: ${dead.join(", ")}\n`);
  // HOTFIRE_TEST_IMAGES=as-is takes what the engine has: for work on the tests while the images are being changed.
  if (process.env["HOTFIRE_TEST_IMAGES"] !== "as-is") {
    succeeded(await hotfire(["images"], { deadlineMs: 900_000 }));
    await buildJavaClient();
  }
  const logs = LogCollector.start(logsFolder);
  return async () => {
    await removeSharedClusters();
    await logs[Symbol.asyncDispose]();
    const left = await removeDeadRuns();
    if (left.length === 0) return;
    throw new Error(`The tests left clusters behind, which are removed now: ${left.join(", ")}`);
  };
}

async function buildJavaClient(): Promise<void> {
  const options = { cwd: projectRoot, env: { DOCKER_BUILDKIT: "1" }, deadlineMs: 900_000 };
  const authorities = await authoritiesOfHost();
  const secret = authorities === undefined ? [] : ["--secret", `id=ca,src=${authorities}`];
  const mirrors = ["APT_MIRROR", "MAVEN_MIRROR", "BASE_IMAGE"].flatMap((name) => {
    const value = process.env[name];
    return value ? ["--build-arg", `${name}=${value}`] : [];
  });
  // The jdk stage of the broker's image: there already, unless the builder's cache is gone.
  const jdk = ["--file", "docker/broker/Dockerfile", "--target", "jdk", "--tag", "hotfire/jdk"];
  await docker(["build", ...jdk, ...mirrors, ...secret, "docker"], options);
  await docker(["build", "--tag", javaImage, "test-e2e/clients/java"], options);
}

async function authoritiesOfHost(): Promise<string | undefined> {
  const files = [
    process.env["SSL_CERT_FILE"],
    process.env["NODE_EXTRA_CA_CERTS"],
    "/etc/ssl/certs/ca-certificates.crt",
  ];
  for (const file of files) {
    if (!file) continue;
    const readable = await access(join(file)).then(
      () => true,
      () => false,
    );
    if (readable) return file;
  }
  return undefined;
}
