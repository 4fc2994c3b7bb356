import { z } from "zod";

const replication = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("master"),
    maxOffset: z.number(),
    slaves: z.array(z.object({ node: z.string(), lagBytes: z.number(), inSync: z.boolean() })),
  }),
  z.object({ kind: z.literal("slave"), connected: z.boolean(), maxOffset: z.number() }),
  z.object({
    kind: z.literal("dledger"),
    leader: z.string().optional(),
    term: z.number().optional(),
    committed: z.number().optional(),
  }),
]);

/** What `hotfire status --json` promises to programs, as far as these tests look at it. */
export const statusSchema = z.object({
  cluster: z.string(),
  mode: z.string(),
  clusterName: z.string(),
  state: z.enum(["ready", "degraded", "stopped"]),
  problems: z.array(z.string()),
  nodes: z.array(
    z.object({
      name: z.string(),
      kind: z.enum(["namesrv", "controller", "broker", "proxy", "console"]),
      group: z.string().optional(),
      container: z.object({
        id: z.string(),
        state: z.string(),
        health: z.string(),
        restarts: z.number(),
        uptimeSeconds: z.number().optional(),
        exitCode: z.number().optional(),
      }),
      role: z.enum(["leader", "follower", "master", "slave"]).optional(),
      brokerId: z.number().optional(),
      containerAddress: z.string().optional(),
      registeredAt: z
        .array(z.object({ namesrv: z.string(), brokerId: z.number(), address: z.string() }))
        .optional(),
      memory: z.object({
        usedBytes: z.number().optional(),
        limitBytes: z.number(),
        heapBytes: z.number().optional(),
        directBytes: z.number().optional(),
        directUsedBytes: z.number().optional(),
      }),
      sick: z.string().optional(),
      replication: replication.optional(),
    }),
  ),
  groups: z.array(
    z.object({
      name: z.string(),
      master: z.string().optional(),
      acknowledgedReplicas: z.number(),
      noWriter: z.object({ why: z.string(), since: z.number().optional(), text: z.string() }).optional(),
    }),
  ),
  client: z.object({
    namesrv: z.string(),
    namesrvInside: z.string(),
    network: z.string(),
    proxy: z.string().optional(),
    proxyInside: z.string().optional(),
    console: z.string().optional(),
  }),
  tookMs: z.number(),
});

export type Status = z.output<typeof statusSchema>;

/** `hotfire verify --json`. */
export const verificationSchema = z.object({
  cluster: z.string(),
  verdict: z.enum(["pass", "fail", "unknown"]),
  claims: z.array(
    z.object({
      id: z.string(),
      group: z.string().optional(),
      claim: z.string(),
      result: z.enum(["pass", "fail", "unknown"]),
      evidence: z.array(z.string()),
    }),
  ),
});

export type Verification = z.output<typeof verificationSchema>;

/** The last line of `hotfire up --json`. */
export const upSchema = z.object({
  type: z.literal("result"),
  result: z.object({
    cluster: z.string(),
    change: z.enum(["created", "changed", "started", "unchanged"]),
    created: z.array(z.string()),
    recreated: z.array(z.string()),
    started: z.array(z.string()),
    tookMs: z.number(),
  }),
  status: statusSchema,
});

/** `hotfire down --json`. */
export const downSchema = z.array(
  z.object({
    cluster: z.string(),
    containers: z.number(),
    killed: z.array(z.string()),
    keptVolumes: z.array(z.string()),
  }),
);

/** `hotfire ls --json`. */
export const listSchema = z.array(
  z.object({
    cluster: z.string(),
    mode: z.string().optional(),
    nodes: z.number(),
    running: z.number(),
    volumes: z.number(),
  }),
);

/** The last line of a command that failed, with `--json`. */
export const errorSchema = z.object({
  type: z.literal("error"),
  error: z.object({
    code: z.string(),
    blame: z.enum(["user", "tool", "engine"]),
    message: z.string(),
    hint: z.string().optional(),
    seen: z.array(z.string()),
    log: z.object({ of: z.string(), lines: z.array(z.string()) }).optional(),
  }),
});

/** `hotfire node … --json`. */
export const nodeActionSchema = z.object({
  target: z.string(),
  node: z.string(),
  before: z.string(),
  after: z.string(),
  exitCode: z.number().optional(),
});

export const diffSchema = z.object({
  changes: z.array(
    z.object({
      what: z.string(),
      key: z.string().optional(),
      nodes: z.array(z.string()),
      before: z.string().optional(),
      after: z.string().optional(),
      needs: z.string(),
    }),
  ),
  unasked: z.array(z.object({ node: z.string(), problem: z.string() })),
});
