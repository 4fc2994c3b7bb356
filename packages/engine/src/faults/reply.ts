import { connect } from "node:net";
import { systemCodeOf } from "@hotfire/base";
import { encodeFrame, requestCodes } from "@hotfire/remoting";
import { dialAddress, type Member } from "../clusters/members.ts";
import type { DockerClient } from "../docker/docker-client.ts";

/** `silent`: the deadline passed. `unreachable`: this process has no way to the node, so nothing is known. */
export type Reply = "answered" | "refused" | "silent" | "unreachable";

/** HTTP/2's connection preface with empty settings: a gRPC server answers with its own. */
const http2Preface = Buffer.concat([
  Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
  Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0]),
]);

/** Sends a request of its protocol to a node. Any answer counts, a refusal of the request too. */
export function askForReply(docker: DockerClient, member: Member, deadlineMs: number): Promise<Reply> {
  const request =
    member.plan.kind === "proxy"
      ? http2Preface
      : encodeFrame({ code: requestCodes.GET_BROKER_CLUSTER_INFO, opaque: 1, kind: "request" });
  return exchange(dialAddress(docker, member), deadlineMs, request);
}

/** Only connects; the kernel of a frozen process still answers that. */
export function tryToConnect(docker: DockerClient, member: Member, deadlineMs: number): Promise<Reply> {
  return exchange(dialAddress(docker, member), deadlineMs, undefined);
}

function exchange(
  address: string | undefined,
  deadlineMs: number,
  request: Buffer | undefined,
): Promise<Reply> {
  const [host, port] = address === undefined ? [] : address.split(":");
  if (host === undefined || port === undefined) return Promise.resolve("unreachable");
  return new Promise((resolve) => {
    const socket = connect({ host, port: Number(port), noDelay: true });
    const end = (reply: Reply) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(reply);
    };
    const timer = setTimeout(() => end("silent"), deadlineMs);
    socket.once("connect", () => {
      if (request === undefined) end("answered");
      else socket.write(request);
    });
    socket.once("data", () => end("answered"));
    socket.once("error", (error) => end(systemCodeOf(error) === "EHOSTUNREACH" ? "silent" : "refused"));
    socket.once("end", () => end("refused"));
  });
}
