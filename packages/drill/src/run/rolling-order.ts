const writers: ReadonlySet<string | undefined> = new Set(["leader", "master"]);

/** Which of the nodes is restarted next: replicas before writers, whoever they are at this moment. */
export function rollingOrder(nodes: readonly string[], roles: ReadonlyMap<string, string>): string {
  const next = nodes.find((node) => !writers.has(roles.get(node))) ?? nodes[0];
  if (next === undefined) throw new TypeError("there is no node to choose from");
  return next;
}
