import { connect } from "node:net";
import { noAnswer, ReachabilityLog } from "./reachability.ts";

/** A gRPC proxy: nothing registers it anywhere, and all that is asked of it is whether it takes connections. */
export class ProxyWatch {
  readonly address: string;
  readonly reachability: ReachabilityLog = new ReachabilityLog();
  #isAsking = false;

  constructor(address: string) {
    this.address = address;
  }

  async look(deadlineMs: number): Promise<void> {
    if (this.#isAsking) return;
    this.#isAsking = true;
    const problem = await takesConnections(this.address, deadlineMs);
    this.#isAsking = false;
    if (problem === undefined) this.reachability.seen(Date.now());
    else this.reachability.missed(Date.now(), problem);
  }
}

function takesConnections(address: string, deadlineMs: number): Promise<Error | undefined> {
  const colon = address.lastIndexOf(":");
  return new Promise((resolve) => {
    const socket = connect({ host: address.slice(0, colon), port: Number(address.slice(colon + 1)) });
    const end = (problem: Error | undefined) => {
      socket.destroy();
      resolve(problem);
    };
    socket.setTimeout(deadlineMs, () => end(new Error(noAnswer)));
    socket.once("connect", () => end(undefined));
    socket.once("error", (error) => end(error));
  });
}
