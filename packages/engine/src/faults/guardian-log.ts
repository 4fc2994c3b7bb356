import { tmpdir } from "node:os";
import { join } from "node:path";

/** Where a cluster's guardians write what they did, once they are through. */
export function guardianLog(cluster: string): string {
  return join(tmpdir(), `hotfire-guardian-${cluster}.log`);
}
