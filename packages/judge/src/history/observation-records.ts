import { z } from "zod";
import { micros } from "./micros.ts";

export const observedRoles = [
  "leader",
  "follower",
  "candidate",
  "master",
  "slave",
  "starting",
  "unreachable",
] as const;
export type ObservedRole = (typeof observedRoles)[number];

/**
 * `at` is when the observer knew; `previousAt` is its last look that still showed the old state, so the change
 * happened between the two. Observers write changes, not every look.
 */
const seen = { at: micros, previousAt: micros.optional() };

/** Role of a broker as that broker, a name server or a controller tells it. */
export const roleRecord = z.strictObject({
  type: z.literal("role"),
  ...seen,
  group: z.string(),
  node: z.string(),
  role: z.enum(observedRoles),
  /** DLedger term or controller mode's master epoch. */
  term: z.int().optional(),
  /** Who told: `self` is the node's replication layer, `broker` its broker role (brokerId), else another node's name. */
  source: z.string(),
});

/** Route of a broker group as one name server tells it. */
export const routeRecord = z.strictObject({
  type: z.literal("route"),
  ...seen,
  namesrv: z.string(),
  group: z.string(),
  /** Node that is registered as brokerId 0; absent when nobody is. */
  master: z.string().optional(),
  members: z.array(z.string()),
});

/** In-sync set as a controller or a master tells it. */
export const syncSetRecord = z.strictObject({
  type: z.literal("sync-set"),
  ...seen,
  group: z.string(),
  members: z.array(z.string()),
  epoch: z.int().optional(),
  source: z.string(),
});

/** One step of a switch, where an observer knows it directly (a log line, an event) rather than by polling roles. */
export const switchSteps = [
  "detected",
  "elected",
  "role-changed",
  "route-published",
  "client-noticed",
  "first-success",
] as const;
export type SwitchStep = (typeof switchSteps)[number];

export const milestoneRecord = z.strictObject({
  type: z.literal("milestone"),
  ...seen,
  group: z.string(),
  step: z.enum(switchSteps),
  /** Name server for `route-published`, else the node that the step is about. */
  node: z.string().optional(),
  source: z.string(),
});

/** A log line of a node, its time converted to the run's clock. */
export const logRecord = z.strictObject({
  type: z.literal("log"),
  at: micros,
  node: z.string(),
  line: z.string().max(2000),
});

export type RoleRecord = z.infer<typeof roleRecord>;
export type RouteRecord = z.infer<typeof routeRecord>;
export type SyncSetRecord = z.infer<typeof syncSetRecord>;
export type MilestoneRecord = z.infer<typeof milestoneRecord>;
export type LogRecord = z.infer<typeof logRecord>;
