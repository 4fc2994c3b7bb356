import { z } from "zod";
import type {
  ContainerDetails,
  ContainerSummary,
  EngineInfo,
  ImageDetails,
  NamedObject,
} from "./docker-client.ts";

// Only what is used is described: a newer engine may add what it likes.

const labels = z
  .record(z.string(), z.string())
  .nullish()
  .transform((value) => value ?? {});
const state = z.enum(["created", "running", "paused", "restarting", "removing", "exited", "dead"]);
const networks = z
  .record(z.string(), z.object({ IPAddress: z.string().nullish() }))
  .nullish()
  .transform((value) => {
    const entries = Object.entries(value ?? {}).flatMap(([name, { IPAddress }]) =>
      IPAddress ? [[name, IPAddress]] : [],
    );
    return Object.fromEntries(entries) as Record<string, string>;
  });

/** Docker writes year 1 for "never". */
const time = z.string().transform((value) => (value.startsWith("0001-") ? undefined : new Date(value)));

export const versionSchema = z.object({ Version: z.string(), ApiVersion: z.string() });

export const infoSchema = z
  .object({
    ServerVersion: z.string(),
    OperatingSystem: z.string(),
    KernelVersion: z.string(),
    Architecture: z.string(),
    NCPU: z.number(),
    MemTotal: z.number(),
    DockerRootDir: z.string(),
    Driver: z.string(),
    CgroupVersion: z.string().default("1"),
    Warnings: z.array(z.string()).nullish(),
  })
  .transform(
    (raw): Omit<EngineInfo, "apiVersion"> => ({
      version: raw.ServerVersion,
      operatingSystem: raw.OperatingSystem,
      kernel: raw.KernelVersion,
      architecture: raw.Architecture,
      cpus: raw.NCPU,
      memoryBytes: raw.MemTotal,
      rootFolder: raw.DockerRootDir,
      storageDriver: raw.Driver,
      cgroupVersion: raw.CgroupVersion,
      warnings: raw.Warnings ?? [],
    }),
  );

export const containerListSchema = z.array(
  z
    .object({
      Id: z.string(),
      Names: z.array(z.string()),
      Image: z.string(),
      ImageID: z.string(),
      State: state,
      Status: z.string(),
      Labels: labels,
      Created: z.number(),
      NetworkSettings: z.object({ Networks: networks }).nullish(),
      Ports: z
        .array(
          z.object({
            PrivatePort: z.number(),
            PublicPort: z.number().optional(),
            IP: z.string().optional(),
          }),
        )
        .nullish(),
    })
    .transform(
      (raw): ContainerSummary => ({
        id: raw.Id,
        name: (raw.Names[0] ?? raw.Id).replace(/^\//, ""),
        image: raw.Image,
        imageId: raw.ImageID,
        state: raw.State,
        status: raw.Status,
        labels: raw.Labels,
        createdAt: new Date(raw.Created * 1000),
        addresses: raw.NetworkSettings?.Networks ?? {},
        published: (raw.Ports ?? []).flatMap((port) =>
          port.PublicPort === undefined
            ? []
            : [{ container: port.PrivatePort, host: port.PublicPort, address: port.IP ?? "0.0.0.0" }],
        ),
      }),
    ),
);

export const containerSchema = z
  .object({
    Id: z.string(),
    Name: z.string(),
    Image: z.string(),
    RestartCount: z.number().default(0),
    State: z.object({
      Status: state,
      Pid: z.number().default(0),
      ExitCode: z.number(),
      OOMKilled: z.boolean(),
      Error: z.string().default(""),
      StartedAt: time,
      FinishedAt: time,
      Health: z
        .object({
          Status: z.enum(["none", "starting", "healthy", "unhealthy"]).catch("none"),
          Log: z.array(z.object({ Output: z.string() })).nullish(),
        })
        .nullish(),
    }),
    HostConfig: z.object({
      Memory: z.number().default(0),
      NanoCpus: z.number().default(0),
      CpuPeriod: z.number().default(0),
      CpuQuota: z.number().default(0),
    }),
    Config: z.object({ Labels: labels }),
    NetworkSettings: z.object({ Networks: networks }),
  })
  .transform(
    (raw): ContainerDetails => ({
      id: raw.Id,
      name: raw.Name.replace(/^\//, ""),
      state: raw.State.Status,
      pid: raw.State.Pid,
      exitCode: raw.State.ExitCode,
      oomKilled: raw.State.OOMKilled,
      error: raw.State.Error,
      startedAt: raw.State.StartedAt,
      finishedAt: raw.State.FinishedAt,
      health: raw.State.Health?.Status ?? "none",
      healthLog: (raw.State.Health?.Log ?? []).map((entry) => entry.Output.trim()),
      restarts: raw.RestartCount,
      memoryLimitBytes: raw.HostConfig.Memory,
      cpuLimit: cpuLimit(raw.HostConfig),
      addresses: raw.NetworkSettings.Networks,
      imageId: raw.Image,
      labels: raw.Config.Labels,
    }),
  );

/** `--cpus` is kept as NanoCpus; a quota of 0 or -1 is none. The default period is the kernel's 100 ms. */
function cpuLimit(host: { NanoCpus: number; CpuPeriod: number; CpuQuota: number }): number | undefined {
  if (host.NanoCpus > 0) return host.NanoCpus / 1e9;
  return host.CpuQuota > 0 ? host.CpuQuota / (host.CpuPeriod || 100_000) : undefined;
}

export const statsSchema = z.object({
  memory_stats: z.object({
    usage: z.number().optional(),
    limit: z.number().optional(),
    // Version 1 of control groups says total_inactive_file, version 2 inactive_file.
    stats: z
      .object({ total_inactive_file: z.number().optional(), inactive_file: z.number().optional() })
      .nullish(),
  }),
});

export const networkListSchema = z.array(
  z
    .object({ Id: z.string(), Name: z.string(), Labels: labels })
    .transform((raw): NamedObject => ({ id: raw.Id, name: raw.Name, labels: raw.Labels })),
);

export const networkSchema = z
  .object({ Name: z.string(), Containers: z.record(z.string(), z.object({ Name: z.string() })).nullish() })
  .transform((raw) => ({
    name: raw.Name,
    containers: Object.values(raw.Containers ?? {}).map(({ Name }) => Name),
  }));

export const volumeListSchema = z.object({
  Volumes: z
    .array(
      z
        .object({ Name: z.string(), Labels: labels })
        .transform((raw): NamedObject => ({ id: raw.Name, name: raw.Name, labels: raw.Labels })),
    )
    .nullish(),
});

export const imageSchema = z
  .object({
    Id: z.string(),
    Size: z.number(),
    Created: z.string(),
    RepoDigests: z.array(z.string()).nullish(),
    Config: z.object({ Labels: labels }).nullish(),
  })
  .transform(
    (raw): ImageDetails => ({
      id: raw.Id,
      sizeBytes: raw.Size,
      labels: raw.Config?.Labels ?? {},
      createdAt: new Date(raw.Created),
      digests: raw.RepoDigests ?? [],
    }),
  );

export const eventSchema = z.object({
  Action: z.string(),
  Actor: z.object({ ID: z.string(), Attributes: z.record(z.string(), z.string()).default({}) }),
  timeNano: z.number(),
});

export const execInspectSchema = z.object({ ExitCode: z.number().nullable() });
export const waitSchema = z.object({ StatusCode: z.number() });

export const topSchema = z.object({ Processes: z.array(z.array(z.string())) });
