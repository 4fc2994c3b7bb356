import { sizePattern } from "@hotfire/base";
import { z } from "zod";
import { failoverProfiles } from "./failover.ts";
import { modes } from "./modes.ts";

const count = (what: string, most: number) => z.int().min(0).max(most).describe(what);

const size = (what: string) =>
  z
    .union([z.string().regex(sizePattern), z.int().positive()])
    .describe(`${what} As 1g, 512m, or a number of bytes.`);

const port = (what: string) => z.int().min(1).max(65535).describe(what);

const properties = (what: string) =>
  z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).describe(what);

const node = z
  .strictObject({
    properties: properties("RocketMQ properties of this broker alone, over those of its group.").optional(),
  })
  .describe("One broker of the group; the first entry is the broker with index 0.");

const group = z
  .strictObject({
    name: z
      .string()
      .describe("RocketMQ's brokerName, e.g. broker-a. Its brokers are the nodes broker-a-0, broker-a-1, …"),
    replicas: z
      .int()
      .min(1)
      .max(99)
      .describe("Brokers in this group, when it differs from the cluster's replicas.")
      .optional(),
    replication: z
      .enum(["async", "sync"])
      .describe(
        "master-slave modes: whether this group's acknowledgement waits for the slave, when it differs from the mode.",
      )
      .optional(),
    properties: properties("RocketMQ properties of this group's brokers, over the cluster's.").optional(),
    nodes: z.array(node).describe("Settings of single brokers, in order of their index.").optional(),
  })
  .describe("A broker group: the brokers that share a brokerName.");

/** What a person writes. Semantic rules come after it (`rules/`). */
export const specSchema = z
  .strictObject({
    version: z.literal(1).describe("Version of this format: 1."),
    name: z
      .string()
      .describe(
        "Name of the cluster on this machine; containers, volumes and the Compose project are named after it.",
      ),
    mode: z
      .enum(modes)
      .describe("Replication mode. See docs/explanation/modes.md for what each promises and costs."),
    clusterName: z.string().describe("RocketMQ's brokerClusterName. Default: DefaultCluster.").optional(),
    rocketmq: z.string().describe("RocketMQ version of the images. Default: 5.5.0.").optional(),
    groups: z
      .union([count("Number of broker groups, named broker-a, broker-b, …", 10000), z.array(group)])
      .describe("Broker groups: a number, or a list of groups with names and settings of their own.")
      .optional(),
    replicas: z
      .int()
      .min(1)
      .max(99)
      .describe(
        "Brokers per group, the master included. Default: 1 without slaves, 2 for master-slave, 3 for dledger and controller.",
      )
      .optional(),
    namesrvs: count(
      "Name servers. They do not talk to each other; every broker registers at each. Default: 2.",
      99,
    ).optional(),
    controllers: count("Controllers, in controller mode. An odd number. Default: 3.", 99).optional(),
    proxy: z
      .union([
        z.boolean(),
        z.strictObject({ replicas: count("Number of proxies. Default: 1.", 99).optional() }),
      ])
      .describe("A gRPC proxy for RocketMQ 5 clients. Default: false.")
      .optional(),
    console: z
      .union([
        z.boolean(),
        z.strictObject({
          write: z
            .boolean()
            .describe("Whether it may change anything. Default: true with bind on loopback, else false.")
            .optional(),
          user: z
            .string()
            .min(1)
            .max(200)
            .describe("Who may log in. Needed unless bind is loopback.")
            .optional(),
          passwordHash: z
            .string()
            .regex(/^scrypt:[\w:-]+$/)
            .describe("Of the user's password, as `hotfire console --hash-password` prints it.")
            .optional(),
        }),
      ])
      .describe(
        "Hotfire's console, a page in the browser. Default: true, unless others could reach it without a login.",
      )
      .optional(),
    memory: z
      .strictObject({
        namesrv: size("Memory limit of each name server.").optional(),
        controller: size("Memory limit of each controller.").optional(),
        broker: size("Memory limit of each broker; heap and direct memory are derived from it.").optional(),
        proxy: size("Memory limit of each proxy.").optional(),
        console: size("Memory limit of the console.").optional(),
      })
      .describe("Memory limits of the containers.")
      .optional(),
    storeLimit: size(
      "Keeps every broker's store in memory, in a file system of this size: for trying out a full disk. It does not survive a stop of its broker. Default: none, the store is a volume on disk.",
    ).optional(),
    steppableClock: z
      .boolean()
      .describe(
        "Brokers read their wall clock through libfaketime, so that a drill can step it. For drills only. Default: false.",
      )
      .optional(),
    ports: z
      .strictObject({
        namesrv: port("Host port of namesrv-0; the next name servers follow. Default: 9876.").optional(),
        broker: port(
          "RocketMQ's listenPort; with advertise the first broker's, the next follow in steps of 10. Default: 10911.",
        ).optional(),
        dledger: port("DLedger's port inside the cluster's network. Default: 40911.").optional(),
        controller: port("Controllers' port inside the cluster's network. Default: 9877.").optional(),
        proxy: port("Host port of proxy-0 (gRPC); the next proxies follow. Default: 8081.").optional(),
        console: port("Host port of the console. Default: 8080.").optional(),
        offset: z
          .int()
          .min(0)
          .max(65535)
          .describe("Added to every port on the host, to run several clusters side by side. Default: 0.")
          .optional(),
      })
      .describe("Port numbers.")
      .optional(),
    bind: z
      .string()
      .describe("Host address that published ports are bound to. Default: 127.0.0.1.")
      .optional(),
    advertise: z
      .string()
      .describe(
        "Host name or IP address of this host that brokers register for clients outside of Docker. Default: none, brokers register their container's address.",
      )
      .optional(),
    whenSlaveIsGone: z
      .enum(["refuse", "degrade"])
      .describe(
        "master-slave-sync and controller: without an in-sync slave, refuse to acknowledge, or acknowledge with one copy. Default: refuse.",
      )
      .optional(),
    electUncleanMaster: z
      .boolean()
      .describe(
        "controller: when no in-sync broker is left, elect one that lacks acknowledged messages, and lose them. Default: false, writes stop until an in-sync broker is back.",
      )
      .optional(),
    failover: z
      .union([
        z.enum(failoverProfiles),
        z.strictObject({
          heartbeatMs: z
            .int()
            .min(20)
            .max(10_000)
            .describe("Milliseconds between two heartbeats of a leader or master."),
          silenceMs: z
            .int()
            .min(60)
            .max(60_000)
            .describe(
              "Milliseconds of silence after which it is replaced; DLedger bears more where it sees long pauses. At least three heartbeats.",
            ),
        }),
      ])
      .describe(
        "dledger and controller: how soon a dead leader or master is replaced, and the controllers' own leader (as with fast where timers are given). stock leaves every timer to RocketMQ. See docs/explanation/failover.md. Default: fast.",
      )
      .optional(),
    properties: properties(
      "RocketMQ properties of every broker, keys exactly as RocketMQ spells them.",
    ).optional(),
    namesrvProperties: properties("RocketMQ properties of every name server.").optional(),
    controllerProperties: properties("RocketMQ properties of every controller.").optional(),
    proxyProperties: properties("Properties of every proxy (keys of rmq-proxy.json).").optional(),
  })
  .describe("A RocketMQ cluster for Hotfire.");

export type SpecInput = z.infer<typeof specSchema>;

/** The keys of a spec that are sound, while others have mistakes. */
export const draftSchema = specSchema.partial();

export type SpecDraft = z.infer<typeof draftSchema>;
