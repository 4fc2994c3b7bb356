/** `broker-a` … `broker-z`, `broker-aa`, …: the name of the group at a position. */
export function groupName(position: number): string {
  let letters = "";
  for (let rest = position + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(97 + ((rest - 1) % 26)) + letters;
  }
  return `broker-${letters}`;
}

/** A node's name is a DNS label; RocketMQ's group names may hold capitals and underscores. */
export function nodeName(group: string, index: number): string {
  return `${group.toLowerCase().replaceAll("_", "-")}-${index}`;
}

export function projectName(cluster: string): string {
  return `hotfire-${cluster}`;
}
