import { CommanderError } from "@commander-js/extra-typings";
import { createContext } from "./context.ts";
import { type ExitCode, exitCodeOf, exitCodes } from "./exit-codes.ts";
import { errorFacts, renderBug, renderError } from "./output/render-error.ts";
import { styleFor } from "./output/style.ts";
import { createProgram } from "./program.ts";

/** Runs one command and returns its exit code. Everything that is thrown is rendered here. */
export async function runCommandLine(args: readonly string[]): Promise<ExitCode> {
  // A reader that leaves (`hotfire logs | head`) is no error of ours.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    process.exit(error.code === "EPIPE" ? exitCodes.ok : exitCodes.machine);
  });
  const interruption = listenForInterruption();
  let json = false;
  let result: ExitCode = exitCodes.ok;
  const program = createProgram(async (options, action) => {
    json = options.json === true;
    result = await action(createContext(json, interruption));
  });
  try {
    // Like git and docker: the bare command explains itself.
    if (args.length === 0) program.outputHelp();
    else await program.parseAsync([...args], { from: "user" });
    return result;
  } catch (error) {
    return report(error, json, interruption);
  }
}

function report(error: unknown, json: boolean, interruption: AbortSignal): ExitCode {
  // Commander has printed its message or the help already.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
  const facts = errorFacts(error);
  if (facts === undefined && interruption.aborted) return exitCodes.interrupted;
  if (json) {
    const bug = {
      code: "BUG",
      blame: "tool",
      message: error instanceof Error ? error.message : String(error),
    };
    process.stdout.write(`${JSON.stringify({ type: "error", error: facts ?? bug })}\n`);
  } else {
    const style = styleFor(process.stderr);
    process.stderr.write(`${facts === undefined ? renderBug(error, style) : renderError(facts, style)}\n`);
  }
  return facts === undefined ? exitCodes.bug : exitCodeOf(facts);
}

/** The first Ctrl-C asks the running operation to stop and say what is left; a second one ends the process. */
function listenForInterruption(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      if (controller.signal.aborted) process.exit(exitCodes.interrupted);
      controller.abort();
    });
  }
  return controller.signal;
}
