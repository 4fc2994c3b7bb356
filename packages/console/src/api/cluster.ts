import { z } from "zod";
import { epochMs, offset } from "./common.ts";
import { noWriterReasons, problemSchema, silenceSchema } from "./problems.ts";

/** What every node has: whether it answers, and since when it does not. */
const reachability = {
  /** `starting`: it answers but has no role yet. */
  health: z.enum(["ok", "starting", "unreachable"]),
  /** When it was last heard; null: never by this console. */
  lastSeen: epochMs.nullable(),
  /** Since when it does not answer; null while it does. What is shown of it is as of `lastSeen`. */
  unreachableSince: epochMs.nullable(),
  /** Why it could not be asked, in English and as a code. */
  problem: z.string().optional(),
  silence: silenceSchema.optional(),
};

const rates = z.object({ in: z.number(), out: z.number() });
const counts = z.object({ in: z.number().int(), out: z.number().int() });

export const brokerRoles = ["master", "slave", "leader", "follower", "unknown"] as const;
export const brokerRoleSchema = z.enum(brokerRoles);
export type BrokerRole = z.infer<typeof brokerRoleSchema>;

export const replicationSchema = z.discriminatedUnion("kind", [
  /** A master (also in controller mode) with what it sees of its slaves. */
  z.object({
    kind: z.literal("master"),
    slaves: z.array(z.object({ address: z.string(), lagBytes: z.number(), inSync: z.boolean() })),
  }),
  z.object({
    kind: z.literal("slave"),
    /** Null when the master cannot be asked. */
    connected: z.boolean().nullable(),
    lagBytes: z.number().nullable(),
  }),
  z.object({
    kind: z.literal("dledger"),
    selfId: z.string(),
    leaderId: z.string().nullable(),
    term: z.number().int().nullable(),
    /** Bytes behind the furthest member of the group. */
    lagBytes: z.number().nullable(),
  }),
]);
export type Replication = z.infer<typeof replicationSchema>;

export const brokerStateSchema = z.object({
  /** `brokerName@address`: stays the same when the role changes. */
  id: z.string(),
  /** What people call it; its address where it has no name. */
  name: z.string(),
  brokerName: z.string(),
  address: z.string(),
  /** Changes with the role in DLedger and controller mode; null before an election. */
  brokerId: z.number().int().nullable(),
  role: brokerRoleSchema,
  ...reachability,
  /** Name servers that have it in their route, by address. */
  registeredAt: z.array(z.string()),
  version: z.string().nullable(),
  bootedAt: epochMs.nullable(),
  tps: rates,
  messagesToday: counts,
  messagesYesterday: counts,
  /** What makes it sick by its own word, such as that it runs out of memory. */
  sick: z.string().nullable(),
  /** Bytes outside the heap; null for a broker that does not say. */
  direct: z.object({ usedBytes: z.number(), limitBytes: z.number() }).nullable(),
  commitLog: z.object({
    /** Share of the disk in use, 0 to 1. */
    diskUse: z.number().nullable(),
    directory: z.string().nullable(),
    minOffset: offset.nullable(),
    maxOffset: offset.nullable(),
    /** Bytes of the log that no consume queue shows yet. */
    dispatchBehindBytes: z.number().nullable(),
  }),
  /** The store's own signs of trouble. */
  store: z.object({
    /** How long the page cache lock is held by the present write. */
    pageCacheLockMs: z.number().nullable(),
    /** Waiting sends. */
    sendQueueSize: z.number().nullable(),
    sendQueueHeadWaitMs: z.number().nullable(),
    pullQueueSize: z.number().nullable(),
    pullQueueHeadWaitMs: z.number().nullable(),
    /** Share of the physical memory that is free for the transient pool, as the broker words it. */
    remainTransientStoreBuffers: z.number().nullable(),
  }),
  replication: replicationSchema.nullable(),
});
export type BrokerState = z.infer<typeof brokerStateSchema>;

export const brokerGroupStateSchema = z.object({
  name: z.string(),
  cluster: z.string(),
  /** `id` of the broker that takes writes now; null: none. */
  writer: z.string().nullable(),
  /** `id`s of others that take writes at the same time: an alarm. */
  rivals: z.array(z.string()),
  /** Why none takes writes, and since when as far as is known; null while one does. */
  noWriter: z
    .object({ why: z.enum(noWriterReasons), since: epochMs.nullable(), detail: z.string(), text: z.string() })
    .nullable(),
  mode: z.enum(["single", "master-slave", "dledger", "controller"]),
  brokers: z.array(brokerStateSchema),
  /** Controller mode, from the controllers' leader. */
  syncState: z
    .object({ masterEpoch: z.number().int(), inSync: z.array(z.string()), outOfSync: z.array(z.string()) })
    .nullable(),
});
export type BrokerGroupState = z.infer<typeof brokerGroupStateSchema>;

export const namesrvStateSchema = z.object({
  /** As configured, `namesrv-0:9876`. */
  address: z.string(),
  ...reachability,
  /** Brokers in its route. */
  brokers: z.number().int(),
});
export type NamesrvState = z.infer<typeof namesrvStateSchema>;

export const controllerStateSchema = z.object({
  address: z.string(),
  ...reachability,
  isLeader: z.boolean(),
  peers: z.array(z.string()),
});
export type ControllerState = z.infer<typeof controllerStateSchema>;

export const proxyStateSchema = z.object({ address: z.string(), ...reachability });
export type ProxyState = z.infer<typeof proxyStateSchema>;

/** One broker group has another writer, none, or several: shown until it falls out of the bounded list. */
export const roleEventSchema = z.object({
  /** Counts up, and is not used again by a console that starts again. */
  seq: z.number().int(),
  /** When the console saw it. */
  at: epochMs,
  group: z.string(),
  /** Broker `id`s; null: no writer. */
  from: z.string().nullable(),
  to: z.string().nullable(),
  /** At most so long without a writer: from the last question that the old one answered as such to the new one's first answer. */
  gapMs: z.number().int().nullable(),
  /** At least so long: between looks that found none. Both null while there is none. */
  gapMinMs: z.number().int().nullable(),
  /** DLedger term or controller epoch of the new writer. */
  term: z.number().int().nullable(),
  /** All that take writes at once, from now on; empty: one alone does again; null: the event is not about that. */
  writers: z.array(z.string()).nullable(),
  /** `id` -> name, as it was then: a restarted broker may have another address. */
  names: z.record(z.string(), z.string()),
});
export type RoleEvent = z.infer<typeof roleEventSchema>;

export const clusterStateSchema = z.object({
  /** When this was put together. */
  at: epochMs,
  /** How often the console looks at present. */
  pollMs: z.number().int(),
  /** `unreachable`: no name server answers; what is shown is as of `knownSince`. `waiting`: nothing was seen yet. */
  state: z.enum(["waiting", "ok", "degraded", "unreachable"]),
  /** When any name server last answered. */
  knownSince: epochMs.nullable(),
  problems: z.array(problemSchema),
  clusters: z.array(z.string()),
  groups: z.array(brokerGroupStateSchema),
  namesrvs: z.array(namesrvStateSchema),
  controllers: z.array(controllerStateSchema),
  proxies: z.array(proxyStateSchema),
  totals: z.object({ tps: rates, messagesToday: counts, messagesYesterday: counts }),
});
export type ClusterState = z.infer<typeof clusterStateSchema>;

/** For a chart that does not begin empty. */
export const ratePointSchema = z.object({ at: epochMs, in: z.number(), out: z.number() });
export const clusterHistorySchema = z.object({
  /** Another one for each start of the console, and for each cluster that it is pointed at. */
  id: z.string(),
  events: z.array(roleEventSchema),
  /** Whole cluster, newest last, at most 600. */
  rates: z.array(ratePointSchema),
  /** Of each broker group. */
  groups: z.record(z.string(), z.array(ratePointSchema)),
});
export type ClusterHistory = z.infer<typeof clusterHistorySchema>;
