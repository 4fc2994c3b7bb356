// A process that breaks something and is killed before it can heal it: dying-parent.ts CLUSTER TARGET...
import { connect, injectFault, startGuardian } from "@hotfire/engine";

const [cluster = "", ...targets] = process.argv.slice(2);
const docker = await connect();
await startGuardian({ cluster, whenLost: "heal" });
for (const [index, target] of targets.entries()) {
  const action =
    index === 0
      ? ({ kind: "cut", from: ["clients"], direction: "both" } as const)
      : ({ kind: "pause" } as const);
  await injectFault({ docker, cluster }, { id: `lost-${index}`, action, target, leaseMs: 300_000 });
}
process.kill(process.pid, "SIGKILL");
