import { stat } from "node:fs/promises";
import { guardianLog } from "@hotfire/engine";
import { until } from "./until.ts";

/** Looks at the log of a cluster's guardians before one has something to do: it writes there once it is through. */
export async function guardianOf(cluster: string): Promise<{ ended(): Promise<unknown> }> {
  const log = guardianLog(cluster);
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
