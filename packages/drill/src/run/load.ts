import type { DockerClient } from "@hotfire/engine";
import type { KindLoad, KindRecord, OperationRecord } from "@hotfire/judge/history";
import type { ClusterPlan } from "@hotfire/topology";
import type { DrillDefinition } from "../catalogue/drill-definition.ts";
import type { ClientSettings, OfficialClient } from "../clients/official-client.ts";
import { startOfficialClient } from "../clients/start-official-client.ts";
import { DrillError } from "../errors/drill-error.ts";
import { kindLoads } from "../kinds/kind-loads.ts";
import { sendTimeoutMs } from "../kinds/kind-producer.ts";
import { KindsLoad } from "../kinds/kinds-load.ts";
import type { Observer } from "../observe/observer.ts";
import type { RunClock } from "../workload/clock.ts";
import { startWorkload } from "../workload/workload.ts";
import type { GroupStats, SendRetry, Workload } from "../workload/workload-options.ts";
import type { RunDrillOptions } from "./run-options.ts";

export interface LoadSettings {
  /** Sends per second over all groups. */
  readonly rate: number;
  readonly messageBytes: number;
  readonly producer: "hotfire" | "java" | "node-proxy";
  readonly consumer: "hotfire" | "java" | "node-proxy";
  readonly clientSettings: ClientSettings;
  /** Who takes part, for the report. */
  readonly clients: readonly string[];
  readonly topic: string;
  readonly queuesPerGroup: number;
  readonly consumerGroups: readonly string[];
  readonly retry: SendRetry | undefined;
  /** What is sent besides the plain load. */
  readonly kinds: readonly KindLoad[];
}

const defaultRate = 600;
const defaultBytes = 256;
const queues = 4;
/** A proxy picks the queue itself and does not tell which. */
const queuesThroughProxy = 1;
/** See `WorkloadNeeds.consumer`. */
const consumerShare = 0.9;
const keys = 64;
const drainMs = 40_000;

export function loadSettings({ drill, workload = {} }: RunDrillOptions, runId: string): LoadSettings {
  const topic = `hotfire-drill-${runId}`;
  const producer = producerOf(drill, workload.client);
  const consumer = drill.workload?.consumer ?? producer;
  const clients = [...new Set([producer, consumer])];
  return {
    rate: workload.rate ?? drill.workload?.rate ?? defaultRate,
    messageBytes: workload.messageBytes ?? drill.workload?.messageBytes ?? defaultBytes,
    producer,
    consumer,
    clientSettings: workload.clientSettings ?? "stock",
    clients,
    topic,
    kinds: kindLoads(workload.kinds ?? [], topic),
    queuesPerGroup: producer === "node-proxy" ? queuesThroughProxy : queues,
    retry: drill.workload?.retry,
    consumerGroups: clients.map((client) => `hotfire-drill-${runId}-${client}`),
  };
}

function producerOf(
  drill: DrillDefinition,
  asked: LoadSettings["producer"] | undefined,
): LoadSettings["producer"] {
  const needed = drill.workload?.client;
  if (needed === undefined) return asked ?? "hotfire";
  if (asked === undefined || asked === needed) return needed;
  throw new DrillError(
    "DRILL_NOT_APPLICABLE",
    `The application of ${drill.name} is ${needed}, not ${asked}.`,
    {
      hint: "Leave out --client.",
    },
  );
}

/** The consumer group that is to get every message: the others of a run only exist. */
export function consumingGroup({ clients, consumer, consumerGroups, topic }: LoadSettings): string {
  return consumerGroups[clients.indexOf(consumer)] ?? topic;
}

/** How many messages a client sent, by its own count. */
export interface SentCount {
  readonly client: LoadSettings["producer"];
  readonly sent: number;
}

/** Everything that sends and consumes in a run, as one. */
export interface Load {
  /** Resolves when it runs; rejects when an official client does not come up. */
  readonly ready: Promise<void>;
  /** Rejects when an official client dies. */
  readonly died: Promise<never>;
  totals(): ReadonlyMap<string, Readonly<GroupStats>>;
  readonly schedulingErrorP99Micros: number;
  /** Own client only. */
  burst(group: string, options: { readonly concurrency: number; readonly forMs: number }): Promise<void>;
  /** Official clients cannot. */
  readonly canPause: boolean;
  /** Nothing is sent, nor on its way, until `resumeSending`. @throws DrillError DRILL_NOT_APPLICABLE with an official client. */
  pauseSending(): Promise<void>;
  resumeSending(): Promise<void>;
  /** Resolves with what the producing clients counted. */
  stopSending(): Promise<SentCount[]>;
  drained(): Promise<boolean>;
  stop(): Promise<void>;
}

export interface LoadParts {
  readonly docker: DockerClient;
  readonly plan: ClusterPlan;
  readonly clock: RunClock;
  readonly observer: Observer;
  readonly record: (record: OperationRecord | KindRecord) => void;
  readonly signal: AbortSignal;
}

export async function startLoad(settings: LoadSettings, parts: LoadParts): Promise<Load> {
  const { docker, plan, clock, observer, record, signal } = parts;
  const groups = plan.groups.map(({ name }) => name);
  const { topic, rate, messageBytes } = settings;
  const common = {
    clock,
    record,
    topic,
    groups,
    rate,
    messageBytes,
    brokerOf: (address: string) => observer.brokerOf(address),
  };
  const officials: OfficialClient[] = [];
  for (const [index, kind] of settings.clients.entries()) {
    if (kind !== "java" && kind !== "node-proxy") continue;
    const consumerGroup = settings.consumerGroups[index] ?? topic;
    const produce = kind === settings.producer;
    const consumesOnly = !produce && kind === settings.consumer;
    officials.push(
      await startOfficialClient({
        ...common,
        kind,
        settings: settings.clientSettings,
        docker,
        cluster: plan.name,
        consumerGroup,
        produce,
        consume: kind === settings.consumer,
        ...(consumesOnly ? { consumeRate: rate * consumerShare } : {}),
        signal,
      }),
    );
  }
  const own: Workload | undefined =
    settings.producer === "hotfire"
      ? startWorkload({
          ...common,
          namesrvs: () => observer.namesrvs(),
          queuesPerGroup: settings.queuesPerGroup,
          consumerGroup: settings.consumerGroups[settings.clients.indexOf("hotfire")] ?? topic,
          keys,
          sendTimeoutMs,
          ...(settings.retry === undefined ? {} : { retry: settings.retry }),
          produce: true,
          consume: settings.consumer === "hotfire",
        })
      : undefined;
  const kinds: KindsLoad | undefined =
    settings.kinds.length === 0
      ? undefined
      : new KindsLoad({
          ...common,
          namesrvs: () => observer.namesrvs(),
          consumerGroup: consumingGroup(settings),
          loads: settings.kinds,
        });
  const all = [...(own === undefined ? [] : [own]), ...officials];
  const died = Promise.race<never>([
    new Promise<never>(() => undefined),
    ...officials.map((client) => client.ended.then(() => new Promise<never>(() => undefined))),
  ]);
  died.catch(() => undefined);
  return {
    ready: Promise.all([kinds?.ready, ...officials.map((client) => client.ready)]).then(() => undefined),
    died,
    totals: () => sum(groups, all),
    get schedulingErrorP99Micros() {
      return own?.stats.schedulingErrorP99Micros ?? 0;
    },
    burst: async (group, options) => own?.burst(group, options),
    canPause: own !== undefined,
    pauseSending: async () => void (await Promise.all([onlyOwn(own).pauseSending(), kinds?.pause()])),
    resumeSending: async () => void (await Promise.all([onlyOwn(own).resumeSending(), kinds?.resume()])),
    stopSending: async () => {
      await Promise.all([own?.stopSending(), kinds?.stopSending()]);
      const counts = await Promise.all(
        officials.map(
          async (client): Promise<SentCount> => ({ client: client.kind, sent: await client.stopSending() }),
        ),
      );
      const owned: SentCount[] = own === undefined ? [] : [{ client: "hotfire", sent: own.stats.sent }];
      return [...owned, ...counts].filter(({ client }) => client === settings.producer);
    },
    drained: async () => {
      const plain = all.map((one) => one.drained(drainMs));
      const [isDrained] = await Promise.all([Promise.all(plain), kinds?.drained()]);
      return isDrained.every((done) => done);
    },
    stop: async () =>
      void (await Promise.all([...all, ...(kinds === undefined ? [] : [kinds])].map((one) => one.stop()))),
  };
}

/** What an official client sends is up to itself. */
function onlyOwn(own: Workload | undefined): Workload {
  if (own !== undefined) return own;
  throw new DrillError(
    "DRILL_NOT_APPLICABLE",
    "An official client cannot be told to stop sending for a while.",
    {
      hint: "Run this drill without --client.",
    },
  );
}

function sum(
  groups: readonly string[],
  parts: readonly { readonly stats: { readonly groups: ReadonlyMap<string, Readonly<GroupStats>> } }[],
): Map<string, GroupStats> {
  return new Map(
    groups.map((group) => {
      const total: GroupStats = { acknowledged: 0, failed: 0, inDoubt: 0, consumed: 0 };
      for (const { stats } of parts) {
        const one = stats.groups.get(group);
        total.acknowledged += one?.acknowledged ?? 0;
        total.failed += one?.failed ?? 0;
        total.inDoubt += one?.inDoubt ?? 0;
        total.consumed += one?.consumed ?? 0;
      }
      return [group, total];
    }),
  );
}
