import { z } from "zod";
import { docker } from "./docker.ts";
import { until } from "./until.ts";

const schema = z.array(
  z.object({
    State: z.object({
      Health: z.object({
        Status: z.string(),
        Log: z.array(z.object({ Start: z.coerce.date(), ExitCode: z.number(), Output: z.string() })),
      }),
    }),
  }),
);

export async function healthOf(container: string) {
  const [found] = schema.parse(JSON.parse(await docker(["container", "inspect", container])));
  if (found === undefined) throw new Error(`no container ${container}`);
  return found.State.Health;
}

/** Waits for the checks that begin from now on, and gives the health after them. */
export async function healthAfter(container: string, checks: number): Promise<string> {
  const from = new Date();
  return until(
    `${checks} health checks of ${container}`,
    async () => {
      const { Status, Log } = await healthOf(container);
      return Log.filter(({ Start }) => Start > from).length >= checks ? Status : undefined;
    },
    { deadlineMs: 90_000, everyMs: 500 },
  );
}
