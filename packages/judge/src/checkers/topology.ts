import { list } from "@hotfire/base";
import { z } from "zod";
import type { RoleRecord, RouteRecord, SyncSetRecord } from "../history/observation-records.ts";
import type { AuthorityRecord } from "../history/read-back-records.ts";
import type { HeaderRecord } from "../history/run-records.ts";

/** What a normalised cluster spec says of how many there are; whatever else it says is not this checker's business. */
const asked = z.looseObject({
  mode: z.string(),
  groups: z.union([
    z.int().positive(),
    z.array(z.looseObject({ name: z.string(), replicas: z.int().positive() })),
  ]),
  replicas: z.int().positive(),
  namesrvs: z.int().positive(),
});

/** A name server in the header that told of no route, or one that told and is not there. */
const mostNames = 1000;

/** Has the cluster of the header the nodes that its spec asks for, and those that the history shows? What it leaves out nothing is asked of. */
export class TopologyChecker {
  readonly #brokers = new Map<string, string>();
  readonly #namesrvs = new Set<string>();
  /** `name server group` of every route that was told. */
  readonly #routed = new Set<string>();

  addRole({ group, node }: RoleRecord): void {
    this.#see(group, node);
  }

  addSyncSet({ group, members }: SyncSetRecord): void {
    for (const node of members) this.#see(group, node);
  }

  addRoute({ namesrv, group, members }: RouteRecord): void {
    for (const node of members) this.#see(group, node);
    if (this.#namesrvs.size < mostNames) this.#namesrvs.add(namesrv);
    if (this.#routed.size < mostNames) this.#routed.add(`${namesrv} ${group}`);
  }

  addAuthority({ routed }: AuthorityRecord): void {
    for (const namesrv of Object.keys(routed))
      if (this.#namesrvs.size < mostNames) this.#namesrvs.add(namesrv);
  }

  finish({ cluster, version }: HeaderRecord): string[] {
    if (version === 1) return [];
    const problems = bySpec(cluster);
    const members = new Map(
      cluster.groups.flatMap(({ name, brokers }) => brokers.map((node) => [node, name])),
    );
    const strange = [...this.#brokers].filter(([node, group]) => members.get(node) !== group);
    if (strange.length > 0)
      problems.push(`${list(strange.slice(0, 5).map(([node]) => node))} was seen, and is not in the header`);
    const unknown = [...this.#namesrvs].filter((name) => !cluster.namesrvs.includes(name));
    if (unknown.length > 0) problems.push(`${list(unknown.slice(0, 5))} is no name server of the header`);
    const silent = cluster.namesrvs.filter((name) =>
      cluster.groups.some((group) => !this.#routed.has(`${name} ${group.name}`)),
    );
    if (silent.length > 0) problems.push(`${list(silent)} told no route of some group`);
    return problems;
  }

  #see(group: string, node: string): void {
    if (this.#brokers.size < mostNames) this.#brokers.set(node, group);
  }
}

function bySpec({ spec, mode, groups, namesrvs }: HeaderRecord["cluster"]): string[] {
  const { data } = asked.safeParse(spec);
  if (data === undefined) return ["the header's spec does not say how many brokers there are"];
  const wanted =
    typeof data.groups === "number"
      ? Array.from({ length: data.groups }, () => data.replicas)
      : data.groups.map(({ replicas }) => replicas);
  const has = groups.map(({ brokers }) => new Set(brokers).size);
  const problems: string[] = [];
  if (data.mode !== mode) problems.push(`the header's mode is ${mode}, and its spec's ${data.mode}`);
  if (wanted.join() !== has.join())
    problems.push(
      `the header has groups of ${list(has.map(String))} brokers, and its spec asks for ${list(wanted.map(String))}`,
    );
  if (new Set(groups.map(({ name }) => name)).size !== groups.length)
    problems.push("the header names a group twice");
  if (data.namesrvs !== namesrvs.length)
    problems.push(`the header has ${namesrvs.length} name servers, and its spec asks for ${data.namesrvs}`);
  return problems;
}
