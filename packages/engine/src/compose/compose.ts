import { EngineError } from "../errors/engine-error.ts";
import { type RunResult, run } from "../process/run.ts";
import { isAtLeast } from "../process/version.ts";

/** Compose 2.23 is the first with what the rendered files use. */
export const oldestCompose = "2.23";

/** Asks Compose for its version and refuses a missing or old one. */
export async function checkCompose(): Promise<string> {
  const result = await runDocker(["compose", "version", "--short"], {});
  const version = result.stdout.trim().replace(/^v/, "");
  if (result.code !== 0 || !/^\d/.test(version)) {
    throw new EngineError("COMPOSE_MISSING", "The docker command has no Compose plugin.", {
      hint: "Install it: https://docs.docker.com/compose/install/linux/, or `make setup` on Debian and Ubuntu.",
      evidence: { seen: result.tail },
    });
  }
  if (!isAtLeast(version, oldestCompose)) {
    throw new EngineError("COMPOSE_TOO_OLD", `Docker Compose ${version} is older than ${oldestCompose}.`, {
      hint: "Update the docker-compose-plugin package, or run `make setup` on Debian and Ubuntu.",
    });
  }
  return version;
}

export interface ComposeOptions {
  readonly project: string;
  /** The Compose file, handed over on stdin. */
  readonly file: string;
  readonly signal?: AbortSignal;
  readonly onLine?: (line: string) => void;
}

/** Creates networks, volumes and containers, and recreates containers whose definition changed. Starts nothing. */
export async function composeCreate(options: ComposeOptions): Promise<void> {
  await compose(["create", "--remove-orphans", "--no-build", "--pull", "never"], options);
}

/**
 * Replaces one service's stopped container if its definition or image changed.
 * Left `alone`, those it depends on are not looked at, but Compose (2.26) counts them as part of a definition: the service then
 * differs from what `composeCreate` made, and is replaced in any case.
 */
export async function composeReplace(
  service: string,
  { alone, ...options }: ComposeOptions & { readonly alone: boolean },
): Promise<void> {
  const dependencies = alone ? ["--no-deps"] : [];
  await compose(["up", "--no-start", ...dependencies, "--no-build", "--pull", "never", service], options);
}

async function compose(args: readonly string[], options: ComposeOptions): Promise<void> {
  const { project, file, signal, onLine } = options;
  const result = await runDocker(
    ["compose", "--project-name", project, "--file", "-", "--ansi", "never", ...args],
    {
      input: file,
      ...(signal === undefined ? {} : { signal }),
      ...(onLine === undefined ? {} : { onLine }),
    },
  );
  if (result.code === 0) return;
  const reason =
    result.tail.findLast((line) => /error|failed|invalid/i.test(line)) ?? result.tail.at(-1) ?? "no output";
  throw new EngineError("COMPOSE_FAILED", `docker compose ${args[0]} failed: ${reason.trim()}`, {
    evidence: { log: { of: "docker compose", lines: result.tail } },
  });
}

/** Runs the docker command; a missing one is a precise error. */
export async function runDocker(
  args: readonly string[],
  options: Parameters<typeof run>[2],
): Promise<RunResult> {
  try {
    return await run("docker", args, options);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") {
      throw new EngineError("COMPOSE_MISSING", "The docker command is not on PATH.", {
        hint: "Install Docker's command line (docker-cli) with the Compose plugin, or run `make setup`.",
        cause: error,
      });
    }
    throw error;
  }
}
