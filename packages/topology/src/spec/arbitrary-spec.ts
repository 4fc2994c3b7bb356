import fc from "fast-check";
import { failoverProfiles, replacesWriters } from "./failover.ts";
import { type Mode, modeFacts, modes } from "./modes.ts";
import type { SpecInput } from "./schema.ts";

const properties = fc.dictionary(
  fc.constantFrom("fileReservedTime", "deleteWhen", "messageDelayLevel", "x.y"),
  fc.oneof(
    fc.integer(),
    fc.boolean(),
    fc.string({ unit: "grapheme", maxLength: 20 }).filter((text) => !/[\p{Cc}]/u.test(text)),
  ),
  { maxKeys: 3 },
);

const replicas = { "single-master": [1, 1], "multi-master": [1, 1], dledger: [3, 6] } as const;

function between(mode: SpecInput["mode"]): readonly [number, number] {
  return mode === "single-master" || mode === "multi-master" || mode === "dledger" ? replicas[mode] : [2, 4];
}

function specOf(mode: Mode): fc.Arbitrary<SpecInput> {
  const [least, most] = between(mode);
  const groupCount = mode === "single-master" ? { min: 1, max: 1 } : { min: modeFacts(mode).groups, max: 8 };
  const count = fc.integer({ min: least, max: most });
  const group = fc.record(
    {
      name: fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9_-]{0,20}[a-zA-Z0-9]$/),
      replicas: count,
      properties,
      nodes: fc.array(fc.record({ properties }), { maxLength: least }),
      ...(mode === "master-slave-async" || mode === "master-slave-sync"
        ? { replication: fc.constantFrom("async" as const, "sync" as const) }
        : {}),
    },
    { requiredKeys: ["name"] },
  );
  const groups = fc.oneof(
    fc.integer(groupCount),
    fc.uniqueArray(group, {
      minLength: groupCount.min,
      maxLength: Math.min(5, groupCount.max),
      selector: ({ name }) => name.toLowerCase().replaceAll("_", "-"),
    }),
  );
  return fc.record(
    {
      version: fc.constant(1 as const),
      name: fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,20}[a-z0-9])?$/),
      mode: fc.constant(mode),
      groups,
      replicas: count,
      namesrvs: fc.integer({ min: 1, max: 6 }),
      proxy: fc.oneof(fc.boolean(), fc.record({ replicas: fc.integer({ min: 1, max: 3 }) })),
      memory: fc.record({ broker: fc.constantFrom("512m", "1g", "3g") }, { requiredKeys: [] }),
      storeLimit: fc.constantFrom("1g", "2g"),
      steppableClock: fc.boolean(),
      ports: fc.record({ offset: fc.integer({ min: 0, max: 20_000 }) }),
      advertise: fc.constantFrom("192.168.1.20", "host.docker.internal", "lab.example.org"),
      bind: fc.constantFrom("127.0.0.1", "0.0.0.0", "::1"),
      properties,
      ...(replacesWriters(mode)
        ? {
            failover: fc.oneof(
              fc.constantFrom(...failoverProfiles),
              fc.constant({ heartbeatMs: 50, silenceMs: 250 }),
            ),
          }
        : {}),
      ...(mode === "controller"
        ? { controllers: fc.integer({ min: 1, max: 5 }), electUncleanMaster: fc.boolean() }
        : {}),
      ...(mode === "controller" || mode === "master-slave-sync"
        ? { whenSlaveIsGone: fc.constantFrom("refuse" as const, "degrade" as const) }
        : {}),
    },
    { requiredKeys: ["version", "name", "mode", "replicas"] },
  );
}

/** Valid specs as a person could write them, for property tests. Those of a mode are made once: reading a regular expression takes fast-check milliseconds. */
export const arbitrarySpec: fc.Arbitrary<SpecInput> = fc.oneof(...modes.map(specOf));
