// Program of a detached process, see guardian.ts: guardian-process.ts CLUSTER heal|remove
import { appendFileSync } from "node:fs";
import { messageOf } from "@hotfire/base";
import { findCluster } from "../clusters/found-cluster.ts";
import { connect } from "../docker/connect.ts";
import { down } from "../down/down.ts";
import { guardianLog } from "./guardian-log.ts";
import { healCluster } from "./heal-cluster.ts";

const [cluster = "", whenLost] = process.argv.slice(2);
// Ctrl-C is for the process that it watches.
for (const signal of ["SIGINT", "SIGHUP", "SIGTERM"] as const) process.on(signal, () => {});
process.stdout.on("error", () => {});
process.stdout.write("ready\n");

let said = "";
process.stdin.setEncoding("utf8");
for await (const text of process.stdin) said += text;
if (!said.includes("release")) await act();

async function act(): Promise<void> {
  try {
    const docker = await connect();
    if (whenLost === "heal") {
      const { steps } = await healCluster({ docker, cluster });
      for (const step of steps) log(`${step.node}: ${step.did}; ${step.seen}`);
      if (steps.length === 0) log("nothing to heal");
      return;
    }
    const found = await findCluster(docker, cluster);
    if (found !== undefined) await down(docker, found, { now: true });
    log("removed");
  } catch (error) {
    log(messageOf(error));
    process.exitCode = 1;
  }
}

function log(line: string): void {
  appendFileSync(guardianLog(cluster), `${new Date().toISOString()} ${line}\n`);
}
