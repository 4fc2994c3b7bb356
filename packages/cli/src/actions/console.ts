import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { text } from "node:stream/consumers";
import { ConsoleClient } from "@hotfire/console/client";
import { type ConsoleOptions, checkSafety, hashPassword, startConsole } from "@hotfire/console/server";
import { chooseCluster, connect, readStatus } from "@hotfire/engine/status";
import { CliError } from "../cli-error.ts";
import { type Context, printJson } from "../context.ts";
import { runsFolder } from "../drills/run-folders.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { openInBrowser } from "../output/open-in-browser.ts";

export interface ConsoleCommandOptions {
  readonly local?: true | undefined;
  readonly namesrv?: string | undefined;
  readonly runs?: string | undefined;
  readonly port: number;
  readonly readOnly?: true | undefined;
  readonly hashPassword?: true | undefined;
}

/** Built by `npm run build:web -w @hotfire/console`; in the image it is built anew. */
const builtPage = join(import.meta.dirname, "../../../console/dist/web");

export async function openConsole(
  context: Context,
  name: string | undefined,
  options: ConsoleCommandOptions,
): Promise<ExitCode> {
  if (options.hashPassword === true) return printHash(context);
  if (options.local === true || options.namesrv !== undefined) return runHere(context, name, options);
  const docker = await connect();
  const { cluster, client } = await readStatus(docker, await chooseCluster(docker, name));
  if (client.console === undefined) {
    throw new CliError("CONSOLE_NOT_FOUND", `The cluster ${cluster} has no console.`, {
      hint: "Its spec says console: false. Run one here: hotfire console --local",
    });
  }
  await show(context, client.console);
  await using asking = new ConsoleClient(client.console, { deadlineMs: 3000 });
  if (!(await asking.isAlive()))
    context.say(`It does not answer yet; its log may say why: hotfire logs ${cluster} --node console`);
  return exitCodes.ok;
}

async function printHash(context: Context): Promise<ExitCode> {
  if (process.stdin.isTTY) context.say("Type the password, then Return and Ctrl-D. It is shown as you type.");
  const password = (await text(process.stdin)).replace(/\r?\n$/, "");
  if (password === "") {
    throw new CliError("ARGUMENT_INVALID", "There is no password on stdin.", {
      hint: 'For example: printf %s "$PASSWORD" | hotfire console --hash-password',
    });
  }
  context.print(await hashPassword(password));
  return exitCodes.ok;
}

/** A console in this process: it sees the drill runs of this folder, those that are running too. */
async function runHere(
  context: Context,
  name: string | undefined,
  options: ConsoleCommandOptions,
): Promise<ExitCode> {
  const namesrv = options.namesrv ?? (await namesrvsOf(name));
  const runs = resolve(options.runs ?? runsFolder);
  const settings: ConsoleOptions = checkSafety({
    namesrvs: namesrv.split(/[;,]/).filter((address) => address !== ""),
    nodes: [],
    otherNamesrvs: [],
    proxies: [],
    proxyRemoting: [],
    host: "127.0.0.1",
    port: options.port,
    published: "127.0.0.1",
    write: options.readOnly !== true,
    login: undefined,
    hosts: [],
    trustedProxies: [],
    basePath: "",
    secure: false,
    runs,
    page: builtPage,
  });
  if (!existsSync(builtPage)) {
    context.say(
      "The page is not built, so there is only the API. Build it: npm run build:web -w @hotfire/console",
    );
  }
  await using running = await start(settings);
  await show(context, running.url);
  context.say(`Drills: ${runs}. Ctrl-C ends it.`);
  await new Promise<void>((done) => {
    if (context.signal.aborted) done();
    else context.signal.addEventListener("abort", () => done(), { once: true });
  });
  return exitCodes.interrupted;
}

async function namesrvsOf(name: string | undefined): Promise<string> {
  const docker = await connect();
  return (await readStatus(docker, await chooseCluster(docker, name))).client.namesrv;
}

async function start(settings: ConsoleOptions) {
  try {
    return await startConsole(settings, process.stderr);
  } catch (cause) {
    throw new CliError("CONSOLE_NOT_STARTED", `The console cannot listen on 127.0.0.1:${settings.port}.`, {
      hint: "Choose another port with --port; 0 takes any free one.",
      cause,
    });
  }
}

async function show(context: Context, url: string): Promise<void> {
  if (context.json) {
    printJson(context, { url });
    return;
  }
  context.print(url);
  if (!(await openInBrowser(url)))
    context.say("There is no display to open it on: open this address in a browser.");
}
