import { createRemotingClient } from "@hotfire/remoting";
import { type ClusterPlan, renderCompose } from "@hotfire/topology";
import { type FoundCluster, findCluster } from "../clusters/found-cluster.ts";
import { type Member, membersOf } from "../clusters/members.ts";
import { checkCompose, composeCreate } from "../compose/compose.ts";
import { checkEngine } from "../docker/connect.ts";
import type { DockerClient } from "../docker/docker-client.ts";
import { EngineError } from "../errors/engine-error.ts";
import type { EventListener } from "../events/engine-event.ts";
import { Progress, type StepResult } from "../events/progress.ts";
import { ensureImages } from "../images/ensure-images.ts";
import {
  describeState,
  type ReadyState,
  waitForProxies,
  waitForRegistration,
  waitForRoundTrips,
} from "../readiness/wait-ready.ts";
import { readStatus } from "../status/read-status.ts";
import { refuseChange } from "../stored/refuse-change.ts";
import { removeStored } from "../stored/renew-volumes.ts";
import { storedOf } from "../stored/stored-of.ts";
import { preflight } from "./preflight.ts";
import { refuseLogins } from "./refuse-logins.ts";
import { startNodes } from "./start-nodes.ts";
import { watchDeaths } from "./watch-deaths.ts";

export interface UpOptions {
  readonly signal?: AbortSignal;
  /** From the start of the containers until the cluster is ready; building images is not counted. Default 120,000. */
  readonly deadlineMs?: number;
  /** Whether missing or outdated images are built. Default true. */
  readonly build?: boolean;
  /** Nodes whose data cannot bear the plan and may be lost: they get new volumes. */
  readonly newVolumes?: readonly string[];
  readonly onEvent?: EventListener;
}

export interface UpResult {
  readonly cluster: string;
  /** `unchanged`: everything was up already. */
  readonly change: "created" | "changed" | "started" | "unchanged";
  readonly created: readonly string[];
  readonly recreated: readonly string[];
  readonly started: readonly string[];
  /** From the start of the containers to the last round trip. */
  readonly readyMs: number;
  readonly tookMs: number;
}

const defaultDeadlineMs = 120_000;

/**
 * Brings a cluster up and waits until it is ready: every broker registered at every name server in its role, and a
 * message through every group. What is there already is kept; what the plan changes is recreated by Compose.
 */
export async function up(
  docker: DockerClient,
  plan: ClusterPlan,
  options: UpOptions = {},
): Promise<UpResult> {
  const progress = new Progress(options.onEvent);
  try {
    return await bringUp(docker, plan, options, progress);
  } catch (error) {
    if (options.signal?.aborted !== true || error instanceof EngineError) throw error;
    throw await interrupted(docker, plan.name, error);
  }
}

async function bringUp(
  docker: DockerClient,
  plan: ClusterPlan,
  options: UpOptions,
  progress: Progress,
): Promise<UpResult> {
  const { signal } = options;
  for (const { message, ...more } of plan.warnings) progress.note("warning", message, more);
  refuseLogins(plan);
  const { existing, renewed } = await progress.step("check", "Check the machine", async () => {
    const [info, , found] = await Promise.all([
      checkEngine(docker),
      checkCompose(),
      findCluster(docker, plan.name),
    ]);
    const nodes = refuseChange(storedOf(found), plan, options);
    const summary = await preflight(docker, info, plan, found, progress);
    return { value: { existing: found, renewed: nodes }, summary };
  });
  signal?.throwIfAborted();
  await ensureImages(
    docker,
    plan.nodes.map((node) => node.image),
    progress,
    options,
  );

  if (existing !== undefined && renewed.length > 0) {
    await progress.step("remove", "Remove what is stored", async () => {
      await removeStored(docker, existing, renewed);
      return { value: undefined, summary: renewed.join(", ") };
    });
  }
  const { members, created, recreated } = await progress.step("create", "Create the containers", () =>
    create(docker, plan, existing, progress, signal),
  );

  const startedAt = performance.now();
  const watch = new AbortController();
  try {
    const deaths = await watchDeaths(docker, plan.name, watch.signal);
    deaths.expectFrom(members.flatMap(({ container }) => (container === undefined ? [] : [container.id])));
    // A proxy creates its topic on the brokers when it starts, and exits when it finds none: its turn comes last.
    // The console only looks, and takes its share of the processor while it starts: it has time until the rest is ready.
    const first = members.filter(({ plan: { kind } }) => kind !== "proxy" && kind !== "console");
    const startedFirst = await progress.step("start", "Start the nodes", async () => {
      const names = await Promise.race([startNodes(docker, first, progress), deaths.died]);
      const summary = names.length === 0 ? "all were running" : `${names.length} of ${first.length} started`;
      return { value: names, summary, skipped: names.length === 0 };
    });
    const startedProxies = await waitUntilReady(docker, plan, options, progress, deaths.died);
    const readyMs = Math.round(performance.now() - startedAt);
    const consoles = members.filter(({ plan: { kind } }) => kind === "console");
    const startedConsole = await startNodes(docker, consoles, progress);
    const started = [...startedFirst, ...startedProxies, ...startedConsole];
    const isNew = created.length === plan.nodes.length;
    const change = isNew
      ? "created"
      : created.length + recreated.length > 0
        ? "changed"
        : started.length > 0
          ? "started"
          : "unchanged";
    return {
      cluster: plan.name,
      change,
      created,
      recreated,
      started,
      readyMs,
      tookMs: Math.round(progress.elapsedMs),
    };
  } finally {
    watch.abort();
  }
}

interface Creation {
  readonly members: readonly Member[];
  readonly created: readonly string[];
  readonly recreated: readonly string[];
}

async function create(
  docker: DockerClient,
  plan: ClusterPlan,
  existing: FoundCluster | undefined,
  progress: Progress,
  signal: AbortSignal | undefined,
): Promise<StepResult<Creation>> {
  await composeCreate({
    project: plan.project,
    file: renderCompose(plan),
    ...(signal === undefined ? {} : { signal }),
  });
  const members = membersOf(plan, await findCluster(docker, plan.name));
  const before = new Map(existing?.nodes.map(({ name, container }) => [name, container.id]));
  const created: string[] = [];
  const recreated: string[] = [];
  for (const { plan: node, container } of members) {
    const previous = before.get(node.name);
    if (previous === container?.id) continue;
    (previous === undefined ? created : recreated).push(node.name);
    progress.node(node.name, previous === undefined ? "created" : "recreated");
  }
  const parts = [
    ...(created.length > 0 ? [`${created.length} created`] : []),
    ...(recreated.length > 0 ? [`recreated because their definition changed: ${recreated.join(", ")}`] : []),
  ];
  const skipped = parts.length === 0;
  return {
    value: { members, created, recreated },
    summary: skipped ? "nothing changed" : parts.join("; "),
    skipped,
  };
}

async function waitUntilReady(
  docker: DockerClient,
  plan: ClusterPlan,
  options: UpOptions,
  progress: Progress,
  died: Promise<never>,
): Promise<readonly string[]> {
  const deadlineMs = options.deadlineMs ?? defaultDeadlineMs;
  const deadline = AbortSignal.timeout(deadlineMs);
  const stop = new AbortController();
  const signals = [deadline, stop.signal, options.signal].filter((signal) => signal !== undefined);
  const signal = AbortSignal.any(signals);
  const state: ReadyState = { registration: undefined, passed: new Set(), problems: new Map() };
  const members = membersOf(plan, await findCluster(docker, plan.name));
  await using remoting = createRemotingClient({ connectTimeoutMs: 1000 });
  const registered = new Set<string>();
  const waiting = { docker, remoting, plan, members, signal, state };
  try {
    await progress.step("register", "Wait for the brokers to register", async (step) => {
      let last = "";
      const judged = await Promise.race([
        died,
        waitForRegistration({
          ...waiting,
          onRegistration: ({ registrations, wanted, missing }) => {
            for (const { node } of registrations) {
              const times = registrations.filter((registration) => registration.node === node).length;
              if (times < plan.spec.namesrvs || registered.has(node)) continue;
              registered.add(node);
              progress.node(node, "registered");
            }
            const message = missing[0] ?? "all registered";
            if (message !== last) step.progress(message, { done: registrations.length, total: wanted });
            last = message;
          },
        }),
      ]);
      return {
        value: undefined,
        summary: `${judged.registrations.length} registrations at ${plan.spec.namesrvs} name servers`,
      };
    });
    await progress.step("round-trip", "Send a message through every group", async () => {
      await Promise.race([died, waitForRoundTrips(waiting)]);
      return { value: undefined, summary: plan.groups.map((group) => group.name).join(", ") };
    });
    const proxies = members.filter((member) => member.plan.kind === "proxy");
    if (proxies.length === 0) return [];
    return await progress.step("proxy", "Start the proxies", async () => {
      const started = await startNodes(docker, proxies, progress);
      await Promise.race([died, waitForProxies(waiting)]);
      return { value: started, summary: proxies.map((member) => member.plan.name).join(", ") };
    });
  } catch (error) {
    if (!deadline.aborted || options.signal?.aborted === true || error instanceof EngineError) throw error;
    throw new EngineError(
      "DEADLINE_PASSED",
      `The cluster "${plan.name}" was not ready within ${Math.round(deadlineMs / 1000)} s.`,
      {
        hint: `Look at it with hotfire status ${plan.name} and hotfire logs ${plan.name}; wait longer with --deadline; remove it with hotfire down ${plan.name}`,
        evidence: { seen: [...(await whoTakesNoWrites(docker, plan)), ...describeState(state, members)] },
        cause: error,
      },
    );
  } finally {
    stop.abort();
  }
}

/** The judgement of `status` on groups without a writer, a line each. */
async function whoTakesNoWrites(docker: DockerClient, plan: ClusterPlan): Promise<readonly string[]> {
  const status = await findCluster(docker, plan.name)
    .then((cluster) => (cluster === undefined ? undefined : readStatus(docker, cluster)))
    .catch(() => undefined);
  return status?.groups.flatMap(({ noWriter }) => noWriter?.text ?? []) ?? [];
}

async function interrupted(docker: DockerClient, name: string, cause: unknown): Promise<EngineError> {
  const left = await findCluster(docker, name).catch(() => undefined);
  const running = left?.nodes.filter(({ container }) => container.state === "running").length ?? 0;
  if (left === undefined) {
    return new EngineError("INTERRUPTED", `Interrupted. Nothing of the cluster "${name}" was created.`, {
      cause,
    });
  }
  const what = `${left.nodes.length} containers (${running} running), ${left.volumes.length} volumes and ${left.networks.length} network`;
  return new EngineError("INTERRUPTED", `Interrupted. Left of the cluster "${name}": ${what}.`, {
    hint: `Remove it with hotfire down ${name}, or go on with the same hotfire up.`,
    cause,
  });
}
