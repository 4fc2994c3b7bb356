import { stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { until } from "./until.ts";

/** Looks at the log of a cluster's guardians before one has something to do: it writes there once it is through. */
export async function guardianOf(cluster: string): Promise<{ ended(): Promise<unknown> }> {
  const log = join(tmpdir(), `hotfire-guardian-${cluster}.log`);
  const size = () =>
    stat(log).then(
      (file) => file.size,
      () => 0,
    );
  const before = await size();
  return {
    ended: () =>
      until("the guardian has healed", async () => (await size()) > before, { deadlineMs: 120_000 }),
  };
}
