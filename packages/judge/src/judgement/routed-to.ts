import { list } from "@hotfire/base";
import type { EvidenceInput } from "./evidence.ts";

type Input = Pick<EvidenceInput, "header" | "readBack" | "authorities" | "routes" | "roles">;

/** Was the replica that was read back for a group the one that clients read? Routes, its own word and the last answers must agree on it. */
export function routedTo({ header, readBack, authorities, routes, roles }: Input): string[] {
  return header.cluster.groups.flatMap(({ name, brokers }) => {
    const node = readBack.authorities.get(name);
    // Without one, or with two, the reading back says so.
    if (node === undefined) return [];
    // A name server that was away may be told of a master after the observer's last look.
    const told = routes.flatMap(({ group, master }) =>
      group === name && master !== undefined ? [master] : [],
    );
    if (told.length === 0) return [`no name server told where clients of ${name} are routed to`];
    if (told.some((master) => master !== node))
      return [
        `${node} was read back as what clients of ${name} read, and they are routed to ${list([...new Set(told)])}`,
      ];
    if (header.version === 1) return [];
    const choice = authorities.findLast(({ group }) => group === name);
    if (choice === undefined) return [`it is not told how ${node} was chosen to be read back for ${name}`];
    const routed = [...new Set(Object.values(choice.routed))];
    if (choice.node !== node || choice.by !== "route" || routed.length !== 1 || routed[0] !== node)
      return [
        `${node} was read back for ${name}, and the name servers routed clients to ${routed.length === 0 ? "no broker" : list(routed)}`,
      ];
    const others = choice.masters.filter((other) => other !== node);
    if (others.length > 0) return [`${list(others)} called itself the master of ${name} beside ${node}`];
    const writer = roles.lastWriters[name];
    if (writer !== undefined && writer !== node && brokers.includes(writer))
      return [`${node} was read back for ${name}, and ${writer} was the last one to acknowledge`];
    return roles.replicas.includes(node)
      ? [`${node} was read back for ${name}, and called itself a replica`]
      : [];
  });
}
