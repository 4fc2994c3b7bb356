import type { HeaderRecord } from "../history/run-records.ts";
import type { SampleRun } from "../synthetic/runs.ts";
import { type Change, chain, drop, edit, header } from "./edit.ts";
import { type Mutation, unknown } from "./mutation.ts";

type Cluster = HeaderRecord["cluster"];

/** A header that knows less of the cluster than the history, or than its own spec. */
export function ofTopology(run: SampleRun): Mutation[] {
  const [head] = run.records;
  if (head?.type !== "header") return [];
  const cluster = (change: (cluster: Cluster) => Cluster): Change =>
    header((record) => ({ ...record, cluster: change(record.cluster) }));
  const spared = head.cluster.groups
    .flatMap(({ name, brokers }) => brokers.map((node) => ({ name, node })))
    .find(
      ({ node }) =>
        !run.records.some(
          (record) =>
            (record.type === "fault-injected" && record.nodes.includes(node)) ||
            ((record.type === "send" || record.type === "consume") && record.broker === node),
        ),
    );
  const spec: Change = header((record) => ({
    ...record,
    cluster: {
      ...record.cluster,
      spec: {
        ...(typeof record.cluster.spec === "object" ? record.cluster.spec : {}),
        groups: record.cluster.groups.map(({ name, brokers }) => ({ name, replicas: brokers.length })),
      },
    },
  }));
  const lacking = spared === undefined ? [] : withoutBroker(spared.name, spared.node, cluster, spec);
  const queues = head.workload.queuesPerGroup ?? 0;
  return [
    ...lacking,
    unknown(
      "read-back",
      "the header knows a queue less",
      header((record) => ({ ...record, workload: { ...record.workload, queuesPerGroup: queues - 1 } })),
    ),
    unknown(
      "read-back",
      "the header knows a queue more",
      header((record) => ({ ...record, workload: { ...record.workload, queuesPerGroup: queues + 1 } })),
    ),
    unknown(
      "consistent",
      "the header knows a name server less",
      cluster((one) => ({ ...one, namesrvs: one.namesrvs.slice(0, -1) })),
    ),
    unknown(
      "consistent",
      "a name server never told of a route",
      drop("route", ({ namesrv }) => namesrv === head.cluster.namesrvs.at(-1)),
    ),
    unknown(
      "consistent",
      "the header's spec is of another mode",
      cluster((one) => ({ ...one, spec: { ...(typeof one.spec === "object" ? one.spec : {}), mode: "x" } })),
    ),
    unknown(
      "consistent",
      "the header has no spec",
      cluster((one) => ({ ...one, spec: {} })),
    ),
    unknown(
      "consistent",
      "the header names a group twice",
      cluster((one) => ({ ...one, groups: [...one.groups, ...one.groups] })),
    ),
  ];
}

function withoutBroker(
  group: string,
  node: string,
  cluster: (change: (cluster: Cluster) => Cluster) => Change,
  spec: Change,
): Mutation[] {
  const less = cluster((one) => ({
    ...one,
    groups: one.groups.map((each) =>
      each.name === group ? { ...each, brokers: each.brokers.filter((broker) => broker !== node) } : each,
    ),
  }));
  const everything = chain(
    less,
    drop("role", (record) => record.node === node),
    drop("read-back", (record) => record.node === node),
    drop("read-back-done", (record) => record.node === node),
    edit("route", (record) => ({ ...record, members: record.members.filter((one) => one !== node) })),
    edit("sync-set", (record) => ({ ...record, members: record.members.filter((one) => one !== node) })),
  );
  return [
    unknown("consistent", "the header knows a broker less", less),
    unknown("consistent", "a broker less is told of than the header's spec has", everything),
    unknown("consistent", "the header and its spec know a broker less", chain(less, spec)),
  ];
}
