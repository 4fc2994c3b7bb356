import { loadPreset, planCluster, rocketmqVersion } from "@hotfire/topology";
import { checkCompose, oldestCompose, runDocker } from "../compose/compose.ts";
import { checkEngine } from "../docker/connect.ts";
import type { DockerClient, EngineInfo } from "../docker/docker-client.ts";
import { EngineError } from "../errors/engine-error.ts";
import { inspectImages } from "../images/images.ts";
import { type Judgement, judgeDisk, judgeMemory, readDisk, readMemory } from "../preflight/machine.ts";
import { describeConflict, findConflicts, readPortsInUse } from "../preflight/ports.ts";
import { wantedPorts } from "../up/preflight.ts";
import { type Diagnosis, type Finding, worst } from "./finding.ts";
import { checkInContainers } from "./helper-checks.ts";

/** The preset that machine and ports are measured against. */
const yardstick = "dledger";

/** Looks at everything that clusters and drills need of this machine. Findings, never errors. */
export async function diagnose(docker: DockerClient): Promise<Diagnosis> {
  const startedAt = performance.now();
  const findings: Finding[] = [];
  const [engine, compose, buildx] = await Promise.all([
    attempt("engine", "Docker Engine", () => checkEngine(docker)),
    attempt("compose", "Docker Compose", checkCompose),
    checkBuildx(),
  ]);
  if ("finding" in engine) findings.push(engine.finding);
  else findings.push(describeEngine(docker, engine.value), ...describeLimits(engine.value));
  if ("finding" in compose) findings.push(compose.finding);
  else findings.push(pass("compose", "Docker Compose", `${compose.value} (${oldestCompose} is needed)`));
  findings.push(buildx);
  if ("value" in engine) findings.push(...(await checkWithEngine(docker, engine.value)));
  return { result: worst(findings), findings, tookMs: Math.round(performance.now() - startedAt) };
}

async function checkWithEngine(docker: DockerClient, info: EngineInfo): Promise<Finding[]> {
  const plan = planCluster(loadPreset(yardstick));
  const limits = plan.nodes.reduce((sum, node) => sum + node.memoryBytes, 0);
  const [memory, disk, inUse, images] = await Promise.all([
    readMemory(docker, info),
    readDisk(docker, info),
    readPortsInUse(docker),
    inspectImages(
      docker,
      plan.nodes.map((node) => node.image),
    ),
  ]);
  const findings = [
    fromJudgement("memory", `Memory for ${yardstick}`, judgeMemory(limits, memory)),
    fromJudgement("disk", "Disk", judgeDisk(disk)),
    describePorts(findConflicts("", wantedPorts(plan), inUse).map(describeConflict)),
  ];
  const stale = images.filter(({ state }) => state !== "current");
  const missing = stale.some(({ state }) => state === "missing");
  const names = stale.map(({ reference, state }) => `${reference} is ${state}`).join(", ");
  findings.push(
    stale.length === 0
      ? pass("images", "Images", `RocketMQ ${rocketmqVersion}, built from these sources`)
      : {
          id: "images",
          title: "Images",
          result: "warn",
          found: names,
          fix: "hotfire images builds them; hotfire up does so too.",
        },
  );
  const image = images.find(({ reference }) => reference.startsWith("hotfire/broker"))?.reference;
  if (missing || image === undefined) {
    const found = "not checked: DNS, kernel and reach need an image to start a container from";
    return [
      ...findings,
      {
        id: "containers",
        title: "Inside containers",
        result: "warn",
        found,
        fix: "hotfire images, then again",
      },
    ];
  }
  const inside = await attempt("containers", "Inside containers", () => checkInContainers(docker, image));
  return [...findings, ...("finding" in inside ? [inside.finding] : inside.value)];
}

async function attempt<T>(
  id: string,
  title: string,
  check: () => Promise<T>,
): Promise<{ readonly value: T } | { readonly finding: Finding }> {
  try {
    return { value: await check() };
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    const fix = error.hint === undefined ? {} : { fix: error.hint };
    return { finding: { id, title, result: "fail", found: error.message, ...fix } };
  }
}

function pass(id: string, title: string, found: string): Finding {
  return { id, title, result: "pass", found };
}

function fromJudgement(id: string, title: string, { level, message, hint }: Judgement): Finding {
  if (level === "ok") return pass(id, title, message);
  return {
    id,
    title,
    result: level === "error" ? "fail" : "warn",
    found: message,
    ...(hint === undefined ? {} : { fix: hint }),
  };
}

function describeEngine(docker: DockerClient, info: EngineInfo): Finding {
  const found = `${info.version} at ${docker.address}: ${info.operatingSystem}, kernel ${info.kernel}, ${info.architecture}, ${info.cpus} CPUs, cgroup v${info.cgroupVersion}`;
  return pass("engine", "Docker Engine", found);
}

/** Without memory limits every JVM would size itself for the whole machine. */
function describeLimits(info: EngineInfo): Finding[] {
  const warning = info.warnings.find((text) => /no memory limit support/i.test(text));
  if (warning === undefined) return [];
  const fix = "Boot with cgroup_enable=memory; until then nodes take what they want.";
  return [{ id: "limits", title: "Memory limits", result: "fail", found: warning, fix }];
}

function describePorts(conflicts: readonly string[]): Finding {
  const title = `Ports of ${yardstick}`;
  if (conflicts.length === 0) return pass("ports", title, "free");
  const fix = "Use other ports: hotfire up --port-offset auto";
  return { id: "ports", title, result: "warn", found: conflicts.join("; "), fix };
}

async function checkBuildx(): Promise<Finding> {
  const result = await runDocker(["buildx", "version"], {}).catch(() => undefined);
  const version = /v?(\d+\.\d+\.\d+\S*)/.exec(result?.stdout ?? "")?.[1];
  if (result?.code === 0 && version !== undefined) return pass("buildx", "BuildKit (buildx)", version);
  const fix =
    "Install docker-buildx (Debian) or docker-buildx-plugin, or run `make setup`: images are built with BuildKit.";
  return {
    id: "buildx",
    title: "BuildKit (buildx)",
    result: "fail",
    found: "the docker command has no buildx plugin",
    fix,
  };
}
