import { EngineError } from "../errors/engine-error.ts";
import { describeEndpoint, type Endpoint } from "./endpoint.ts";

/** HTTP status of a failed request to the engine, when it got that far. */
export function statusCodeOf(error: unknown): number | undefined {
  if (error instanceof Error && "statusCode" in error && typeof error.statusCode === "number")
    return error.statusCode;
  return undefined;
}

/** Turns what dockerode throws into an error that says what to do. */
export function explainFailure(error: unknown, what: string, endpoint: Endpoint): EngineError {
  const address = describeEndpoint(endpoint);
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "EACCES" || code === "EPERM") {
    return new EngineError("ENGINE_PERMISSION", `This user may not use the Docker socket ${address}.`, {
      hint: "Add the user to its group and log in again (`sudo usermod -aG docker $USER`), or run this with sudo.",
      cause: error,
    });
  }
  if (
    code === "ENOENT" ||
    code === "ECONNREFUSED" ||
    code === "ENOTFOUND" ||
    code === "EHOSTUNREACH" ||
    code === "ECONNRESET"
  ) {
    return new EngineError("ENGINE_UNREACHABLE", `No Docker Engine answers at ${address} (${code}).`, {
      hint:
        endpoint.kind === "socket"
          ? "Start it (`sudo systemctl start docker`, or Docker Desktop), or install it with `make setup`."
          : "Check DOCKER_HOST, or choose another engine with `docker context use NAME`.",
      cause: error,
    });
  }
  if (error instanceof Error && (error.name === "AbortError" || error.name === "TimeoutError")) {
    return new EngineError(
      "ENGINE_REQUEST_FAILED",
      `The Docker Engine at ${address} did not answer in time (${what}).`,
      {
        hint: "See whether the engine is overloaded: `docker info`.",
        cause: error,
      },
    );
  }
  const reason =
    error instanceof Error ? error.message.replace(/^\(HTTP code \d+\) /, "").trim() : String(error);
  return new EngineError("ENGINE_REQUEST_FAILED", `The Docker Engine could not ${what}: ${reason}`, {
    cause: error,
  });
}
