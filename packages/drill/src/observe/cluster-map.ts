import {
  chooseCluster,
  type DockerClient,
  dialAddress,
  findCluster,
  isBroker,
  type Member,
  membersOf,
  planOf,
} from "@hotfire/engine";
import type { BrokerPlan, ClusterPlan } from "@hotfire/topology";

/** A cluster's nodes and where they are; addresses are looked up anew after each container event. */
export class ClusterMap {
  readonly plan: ClusterPlan;
  readonly #docker: DockerClient;
  readonly #cluster: string;
  /** Newest last: an address may pass to another node when containers are restarted. */
  readonly #nodes = new Map<string, string>();
  #members: readonly Member[] = [];
  /** By node, from events. */
  readonly #isRunning = new Map<string, boolean>();

  private constructor(docker: DockerClient, cluster: string, plan: ClusterPlan) {
    this.#docker = docker;
    this.#cluster = cluster;
    this.plan = plan;
  }

  /** Throws CLUSTER_NOT_FOUND. */
  static async load(docker: DockerClient, cluster: string): Promise<ClusterMap> {
    const found = await chooseCluster(docker, cluster);
    const map = new ClusterMap(docker, cluster, planOf(found));
    map.#take(membersOf(map.plan, found));
    return map;
  }

  async refresh(): Promise<void> {
    this.#take(membersOf(this.plan, await findCluster(this.#docker, this.#cluster)));
  }

  /** What an event told of a node. The engine tells it before its own list has it: the list is asked only where no event was. */
  tell(node: string, isRunning: boolean): void {
    this.#isRunning.set(node, isRunning);
  }

  isRunning({ plan, container }: Member): boolean {
    return this.#isRunning.get(plan.name) ?? container?.state === "running";
  }

  get members(): readonly Member[] {
    return this.#members;
  }

  get brokers(): readonly Member<BrokerPlan>[] {
    return this.#members.filter(isBroker);
  }

  ofKind(kind: "namesrv" | "controller"): readonly Member[] {
    return this.#members.filter(({ plan }) => plan.kind === kind);
  }

  dial(member: Member, purpose?: "dledger"): string | undefined {
    return dialAddress(this.#docker, member, purpose);
  }

  /** The node of `host:port`, or of a host alone: the container's own address, its name, or a published port. */
  nodeOf(address: string): string | undefined {
    return (
      this.#nodes.get(address) ?? this.#nodes.get(address.slice(0, Math.max(0, address.lastIndexOf(":"))))
    );
  }

  /**
   * The same, where that is a broker. What a client sends elsewhere no broker answers: RocketMQ's repeats a send without an address while a route has no
   * master (MQClientAPIImpl.onExceptionImpl), and its connections take no address for a name server's.
   */
  brokerOf(address: string): string | undefined {
    const node = this.nodeOf(address);
    return this.brokers.some(({ plan }) => plan.name === node) ? node : undefined;
  }

  #take(members: readonly Member[]): void {
    this.#members = members;
    for (const member of members) {
      const { name, ports } = member.plan;
      const hosts = [name, ...Object.values(member.container?.addresses ?? {})].filter((host) => host !== "");
      for (const host of hosts) this.#nodes.set(host, name);
      for (const port of ports) {
        for (const host of hosts) this.#nodes.set(`${host}:${port.container}`, name);
        // A broker registers an advertised address with its own port, which is then the published one too.
        const { advertise } = this.plan.spec;
        const published = [
          this.#docker.publishedHost,
          "127.0.0.1",
          ...(advertise === undefined ? [] : [advertise]),
        ];
        if (port.host === undefined) continue;
        for (const host of published) this.#nodes.set(`${host}:${port.host.port}`, name);
      }
    }
  }
}
