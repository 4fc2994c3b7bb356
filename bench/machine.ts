import { cpus, release, totalmem } from "node:os";
import { connect } from "@hotfire/engine";
import { rocketmqVersion } from "@hotfire/topology";

/** Where and on what a result was measured. */
export async function describeMachine() {
  const [cpu] = cpus();
  const engine = await (await connect()).info();
  return {
    cpu: cpu?.model ?? "unknown",
    cores: cpus().length,
    memoryBytes: totalmem(),
    kernel: release(),
    node: process.version,
    engine: engine.version,
    rocketmq: rocketmqVersion,
  };
}
