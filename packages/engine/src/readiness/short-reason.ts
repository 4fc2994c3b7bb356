import { messageOf, systemCodeOf } from "@hotfire/base";
import { RemotingError } from "@hotfire/remoting";

/** Why somebody could not be asked, short enough to stand in a line with others. */
export function shortReason(error: unknown): string {
  if (!(error instanceof RemotingError)) return messageOf(error);
  switch (error.code) {
    case "CONNECT_FAILED": {
      const code = systemCodeOf(error);
      if (code === "ECONNREFUSED") return "nothing listens on its port";
      if (code === "EHOSTUNREACH" || code === "ENETUNREACH") return "its address cannot be reached from here";
      return "no connection could be made";
    }
    case "DEADLINE_PASSED":
      return error.requestSent
        ? "it accepts connections, and answers nothing"
        : "no connection within the deadline";
    case "CONNECTION_CLOSED":
      return "it closed the connection";
    default:
      return error.response === undefined
        ? error.message
        : `${error.response.name}: ${error.response.remark ?? "no remark"}`;
  }
}
