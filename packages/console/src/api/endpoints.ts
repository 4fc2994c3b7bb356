import { z } from "zod";
import { aclSchema } from "./acl.ts";
import { clusterHistorySchema, clusterStateSchema } from "./cluster.ts";
import { changeResultSchema } from "./common.ts";
import { configChangeSchema, configSchema } from "./config.ts";
import {
  changeConsumerSchema,
  consumerDetailSchema,
  consumerLagSchema,
  consumerListSchema,
  consumerProgressQuery,
  consumerProgressSchema,
  consumerStackSchema,
  createConsumerSchema,
  deleteConsumerSchema,
  laggingConsumersSchema,
  producerListSchema,
} from "./consumers.ts";
import { drillListSchema } from "./drills.ts";
import type { Access, Endpoint, Method } from "./endpoint.ts";
import {
  dlqListSchema,
  dlqResendResultSchema,
  dlqResendSchema,
  messageConsumptionSchema,
  messageDetailSchema,
  messageSearchQuery,
  messageSearchSchema,
  messageTraceSchema,
  resendResultSchema,
  resendSchema,
} from "./messages.ts";
import { opsChangeSchema, opsSchema } from "./ops.ts";
import { loginSchema, sessionSchema } from "./session.ts";
import {
  changeTopicSchema,
  createTopicSchema,
  deleteTopicSchema,
  offsetChangesSchema,
  resetOffsetSchema,
  skipAccumulatedSchema,
  testSendResultSchema,
  testSendSchema,
  topicDetailSchema,
  topicListSchema,
} from "./topics.ts";

export const apiBase = "/api/v1";

/** Every request that is not GET carries it: a browser sends it to another origin only after asking, and is told no. */
export const csrfHeader = "x-hotfire-console";

const named = z.object({ name: z.string().min(1) });
const message = z.object({ topic: z.string().min(1), id: z.string().min(1) });
const run = z.object({ id: z.string().min(1) });

/** Keeps the literal types that `InputOf` and `OutputOf` read. */
function json<const P extends object>(
  method: Method,
  path: string,
  access: Access,
  summary: string,
  parts: P,
): P & { method: Method; path: string; access: Access; summary: string; kind: "json" } {
  return { ...parts, method, path, access, summary, kind: "json" };
}

function stream<const P extends object>(
  kind: "events" | "html" | "binary",
  path: string,
  summary: string,
  parts: P,
): P & { method: "GET"; path: string; access: "read"; summary: string; kind: "events" | "html" | "binary" } {
  return { ...parts, method: "GET", path, access: "read", summary, kind };
}

export const endpoints = {
  session: json("GET", "/session", "public", "The user that is logged in, and what this console may do", {
    response: sessionSchema,
  }),
  login: json("POST", "/session", "public", "Log in", { body: loginSchema, response: sessionSchema }),
  logout: json("DELETE", "/session", "public", "Log out", { response: sessionSchema }),

  cluster: json("GET", "/cluster", "read", "The cluster as it was seen last", {
    response: clusterStateSchema,
  }),
  clusterHistory: json("GET", "/cluster/history", "read", "Role changes and rates since the console runs", {
    response: clusterHistorySchema,
  }),
  events: stream("events", "/events", "What changes, as it changes; see the event schemas", {}),

  topics: json("GET", "/topics", "read", "All topics", { response: topicListSchema }),
  topic: json("GET", "/topics/:name", "read", "One topic: configuration, route, queues, consumers", {
    params: named,
    response: topicDetailSchema,
  }),
  createTopic: json("POST", "/topics", "write", "Create a topic at every broker group", {
    body: createTopicSchema,
    response: changeResultSchema,
  }),
  changeTopic: json(
    "PUT",
    "/topics/:name",
    "write",
    "Change settings of a topic where it is; the others stay",
    {
      params: named,
      body: changeTopicSchema,
      response: changeResultSchema,
    },
  ),
  deleteTopic: json("DELETE", "/topics/:name", "write", "Delete a topic with its messages", {
    params: named,
    body: deleteTopicSchema,
    response: changeResultSchema,
  }),
  testSend: json("POST", "/topics/:name/messages", "write", "Send a test message", {
    params: named,
    body: testSendSchema,
    response: testSendResultSchema,
  }),
  resetOffset: json("POST", "/topics/:name/reset-offset", "write", "Move a consumer group to a time", {
    params: named,
    body: resetOffsetSchema,
    response: offsetChangesSchema,
  }),
  skipAccumulated: json(
    "POST",
    "/topics/:name/skip-accumulated",
    "write",
    "Move a consumer group to the end",
    {
      params: named,
      body: skipAccumulatedSchema,
      response: offsetChangesSchema,
    },
  ),

  consumers: json("GET", "/consumers", "read", "All consumer groups", { response: consumerListSchema }),
  consumerProgress: json("GET", "/consumer-progress", "read", "Lag, TPS and clients of some groups", {
    query: consumerProgressQuery,
    response: consumerProgressSchema,
  }),
  consumerLag: json("GET", "/consumer-lag", "read", "How far behind every consumer group is", {
    response: consumerLagSchema,
  }),
  laggingConsumers: json(
    "GET",
    "/lagging-consumers",
    "read",
    "The groups that are furthest behind, and by how much time",
    {
      response: laggingConsumersSchema,
    },
  ),
  consumer: json(
    "GET",
    "/consumers/:name",
    "read",
    "One consumer group: lag per queue, clients, subscription",
    {
      params: named,
      response: consumerDetailSchema,
    },
  ),
  consumerStack: json(
    "GET",
    "/consumers/:name/clients/:clientId",
    "read",
    "A client's own account, with its stack",
    {
      params: named.extend({ clientId: z.string().min(1) }),
      response: consumerStackSchema,
    },
  ),
  createConsumer: json("POST", "/consumers", "write", "Create a consumer group at every broker group", {
    body: createConsumerSchema,
    response: changeResultSchema,
  }),
  changeConsumer: json("PUT", "/consumers/:name", "write", "Change a consumer group", {
    params: named,
    body: changeConsumerSchema,
    response: changeResultSchema,
  }),
  deleteConsumer: json("DELETE", "/consumers/:name", "write", "Delete a consumer group and its offsets", {
    params: named,
    body: deleteConsumerSchema,
    response: changeResultSchema,
  }),
  producers: json("GET", "/producers", "read", "Producer groups and their clients", {
    response: producerListSchema,
  }),

  messages: json("GET", "/messages", "read", "Messages by key, or by time", {
    query: messageSearchQuery,
    response: messageSearchSchema,
  }),
  message: json("GET", "/messages/:topic/:id", "read", "One message, by unique or offset id", {
    params: message,
    response: messageDetailSchema,
  }),
  messageBody: stream("binary", "/messages/:topic/:id/body", "The whole body, as a download", {
    params: message,
  }),
  messageConsumption: json(
    "GET",
    "/messages/:topic/:id/consumption",
    "read",
    "How consumer groups stand to it",
    {
      params: message,
      response: messageConsumptionSchema,
    },
  ),
  messageTrace: json("GET", "/messages/:topic/:id/trace", "read", "Its trace, where clients wrote one", {
    params: message,
    response: messageTraceSchema,
  }),
  resendMessage: json(
    "POST",
    "/messages/:topic/:id/resend",
    "write",
    "Have a consumer group consume it now",
    {
      params: message,
      body: resendSchema,
      response: resendResultSchema,
    },
  ),

  dlq: json("GET", "/dlq", "read", "Dead-letter queues", { response: dlqListSchema }),
  dlqMessages: json("GET", "/dlq/:name", "read", "Dead letters of a consumer group, newest first", {
    params: named,
    query: z.object({ limit: z.coerce.number().int().min(1).max(500).default(64) }),
    response: messageSearchSchema,
  }),
  dlqExport: stream("binary", "/dlq/:name/export", "Dead letters as NDJSON, bodies in base64", {
    params: named,
  }),
  dlqResend: json("POST", "/dlq/:name/resend", "write", "Give dead letters to the group again", {
    params: named,
    body: dlqResendSchema,
    response: dlqResendResultSchema,
  }),

  config: json("GET", "/config", "read", "Configuration of every broker, name server and controller", {
    response: configSchema,
  }),
  changeConfig: json("POST", "/config", "write", "Change keys at run time", {
    body: configChangeSchema,
    response: changeResultSchema,
  }),

  drills: json("GET", "/drills/runs", "read", "Stored and running drills", { response: drillListSchema }),
  drillReport: stream("html", "/drills/runs/:id/report", "A run's report, for a sandboxed frame", {
    params: run,
  }),
  drillEvents: stream(
    "events",
    "/drills/runs/:id/events",
    "A run from its first record on; see the event schemas",
    {
      params: run,
    },
  ),

  ops: json("GET", "/ops", "read", "What the console itself uses and costs", { response: opsSchema }),
  changeOps: json(
    "PUT",
    "/ops",
    "write",
    "Other name servers, or the VIP channel, until the console restarts",
    {
      body: opsChangeSchema,
      response: opsSchema,
    },
  ),

  acl: json("GET", "/acl", "read", "ACL 2.0 users and rules", { response: aclSchema }),
} as const satisfies Record<string, Endpoint>;

export type Endpoints = typeof endpoints;
export type EndpointName = keyof Endpoints;
