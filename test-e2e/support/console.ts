import { join } from "node:path";
import { projectRoot } from "./names.ts";
import { run, start, succeeded } from "./run.ts";
import { until } from "./until.ts";

const node = join(projectRoot, "node_modules/node/bin/node");
const consolePackage = join(projectRoot, "packages/console");

export interface TestConsole extends AsyncDisposable {
  readonly url: string;
  /** What it has printed: its address, and the audit log. */
  output(): string;
}

let built: Promise<string> | undefined;

/** The page as it is now, built once for a file of tests. Gives its folder. */
export function builtPage(): Promise<string> {
  built ??= run(node, [join(projectRoot, "node_modules/vite/bin/vite.js"), "build", "--logLevel", "warn"], {
    cwd: join(consolePackage, "web"),
  }).then((result) => {
    succeeded(result);
    return join(consolePackage, "dist/web");
  });
  return built;
}

/** The console's server as the image runs it, with the page, on a port that nobody holds. */
export async function startConsole(
  namesrvs: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<TestConsole> {
  const server = start(node, [join(consolePackage, "src/server/main.ts")], {
    group: true,
    deadlineMs: 900_000,
    env: {
      NAMESRV_ADDR: namesrvs.join(";"),
      HOTFIRE_CONSOLE_PORT: "0",
      HOTFIRE_CONSOLE_PAGE: await builtPage(),
      ...env,
    },
  });
  const url = await Promise.race([
    until("the console says where it is", async () => /is at (http:\S+)/.exec(server.output())?.[1]),
    server.finished.then((result) => {
      throw new Error(`the console ended, exit code ${result.code}:\n${result.stderr}`);
    }),
  ]);
  return {
    url,
    output: server.output,
    [Symbol.asyncDispose]: async () => {
      server.interrupt();
      await server.finished;
    },
  };
}
