import type { DrillEvent, DrillOutcome } from "@hotfire/drill";
import type { DockerClient } from "@hotfire/engine";
import type { FailoverProfile } from "@hotfire/topology";
import { startLoad } from "./load.ts";
import type { Strain } from "./strains.ts";

export interface SoakOptions {
  readonly docker: DockerClient;
  readonly profile: FailoverProfile;
  readonly rate: number;
  /** Version of RocketMQ, and so tag of the images. */
  readonly rocketmq: string;
  readonly folder: string;
  /** How long it is under load. */
  readonly forMs: number;
  readonly signal: AbortSignal;
}

/** What the judge says of a cluster's whole time. */
export interface SoakEnd {
  readonly profile: FailoverProfile;
  readonly acknowledged: number;
  readonly failed: number;
  readonly inDoubt: number;
  readonly lost: number;
}

/** A DLedger cluster of its own under load, and how often its leader changed. */
export class SoakedCluster {
  readonly profile: FailoverProfile;
  readonly name: string;
  readonly underLoad: Promise<void>;
  readonly #outcome: Promise<DrillOutcome>;
  readonly #switches = new Map<Strain, number>();
  #strain: Strain | undefined;
  #leader: string | undefined;

  constructor({ docker, profile, rate, rocketmq, folder, forMs, signal }: SoakOptions) {
    this.profile = profile;
    this.name = `bench-soak-${profile}`;
    const { begun, outcome } = startLoad({
      docker,
      spec: { name: this.name, mode: "dledger", rocketmq, failover: profile },
      rate,
      forMs,
      folder,
      command: "node bench/failover/soak.ts",
      signal,
      onEvent: (event) => this.#see(event),
    });
    this.underLoad = begun;
    this.#outcome = outcome;
  }

  /** Switches are counted for this strain from now on; for none without one. */
  enter(strain: Strain | undefined): void {
    this.#strain = strain;
  }

  readonly switches = (strain: Strain): number => this.#switches.get(strain) ?? 0;

  async finish(): Promise<SoakEnd> {
    const { result } = await this.#outcome;
    const { acknowledged, failed, inDoubt, lost } = result.accounting;
    return { profile: this.profile, acknowledged, failed, inDoubt, lost: lost.count };
  }

  /** Whoever leads in another term, or is another one: also a leader that gave up and was elected again. */
  #see(event: DrillEvent): void {
    if (event.type !== "role" || event.role !== "leader") return;
    const leader = `${event.node} in term ${event.term}`;
    const isNew = this.#leader !== undefined && this.#leader !== leader;
    this.#leader = leader;
    if (!isNew || this.#strain === undefined) return;
    this.#switches.set(this.#strain, this.switches(this.#strain) + 1);
  }
}
