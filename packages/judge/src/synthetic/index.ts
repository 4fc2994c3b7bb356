export { consume, fault, history, range, readBack, send } from "./build.ts";
export { dledgerLeaderKill, makeHeader } from "./scenarios.ts";
export { messageBytes } from "./simulate.ts";
