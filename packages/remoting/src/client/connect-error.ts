import { RemotingError } from "../errors/remoting-error.ts";

const hints = new Map([
  ["ECONNREFUSED", "Nothing listens there: is the process running, and is this its port?"],
  ["ENOTFOUND", "The host name is unknown here: a container's name resolves only inside its own network"],
  ["EAI_AGAIN", "The name server of this machine did not answer: check DNS"],
  ["EHOSTUNREACH", "No route leads there: a container's address is reachable only from its own host"],
  ["ENETUNREACH", "No route leads there: a container's address is reachable only from its own host"],
  ["ETIMEDOUT", "Nothing answered: the host is down or a firewall drops packets"],
]);

export function connectFailed(address: string, cause: unknown): RemotingError {
  const code = systemCode(cause);
  return new RemotingError("CONNECT_FAILED", `Cannot connect to ${address}: ${reason(cause, code)}`, {
    address,
    cause,
    hint: code === undefined ? undefined : hints.get(code),
  });
}

export function connectTimedOut(address: string, timeoutMs: number): RemotingError {
  return new RemotingError(
    "CONNECT_FAILED",
    `Cannot connect to ${address}: no answer within ${timeoutMs} ms`,
    {
      address,
      hint: hints.get("ETIMEDOUT"),
    },
  );
}

function systemCode(cause: unknown): string | undefined {
  if (typeof cause !== "object" || cause === null || !("code" in cause)) return undefined;
  return typeof cause.code === "string" ? cause.code : undefined;
}

// A host with several addresses fails with an AggregateError, whose own message is empty.
function reason(cause: unknown, code: string | undefined): string {
  if (cause instanceof Error && cause.message !== "") return cause.message;
  return code ?? "unknown reason";
}
