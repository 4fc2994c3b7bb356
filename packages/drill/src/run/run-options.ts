import type { DockerClient } from "@hotfire/engine";
import type { Rule } from "@hotfire/judge/history";
import type { DrillResult } from "@hotfire/judge/result";
import type { ClusterSpec } from "@hotfire/topology";
import type { DrillDefinition } from "../catalogue/drill-definition.ts";
import type { ClientSettings } from "../clients/official-client.ts";
import type { WorkloadKind } from "../kinds/kind-loads.ts";
import type { DrillListener } from "./drill-event.ts";

/** A cluster of the drill's own, or one that is up already. */
export type DrillPlace =
  | { readonly kind: "own"; readonly spec: ClusterSpec; readonly keep: boolean }
  | { readonly kind: "running"; readonly cluster: string };

export interface WorkloadChoice {
  /** Sends per second over all groups. Default 600. */
  readonly rate?: number;
  /** Default 256. */
  readonly messageBytes?: number;
  /** Who produces; the official clients consume too. Default `hotfire`. */
  readonly client?: "hotfire" | "java" | "node-proxy";
  /** Of an official client. Default `stock`. */
  readonly clientSettings?: ClientSettings;
  /** What is sent besides the plain load. Default nothing. */
  readonly kinds?: readonly WorkloadKind[];
}

export interface RunDrillOptions {
  readonly docker: DockerClient;
  readonly drill: DrillDefinition;
  readonly place: DrillPlace;
  readonly seed: number;
  readonly limits: readonly Rule[];
  readonly workload?: WorkloadChoice;
  /** Folder of this run; must not exist or be empty. */
  readonly folder: string;
  /** The command that runs it again, for the report. */
  readonly command: string;
  /** Whether missing or outdated images are built. Default true. */
  readonly build?: boolean;
  readonly signal: AbortSignal;
  readonly onEvent?: DrillListener;
}

/** The run's folder holds history.ndjson, result.json, report.html, junit.xml, containers.json and logs/. */
export interface DrillOutcome {
  readonly result: DrillResult;
  readonly folder: string;
}
