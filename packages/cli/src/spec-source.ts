import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { parseSize } from "@hotfire/base";
import { type ClusterSpec, isPresetName, loadPreset, parseSpec, withOverrides } from "@hotfire/topology";
import { CliError } from "./cli-error.ts";

export const defaultSpecFile = "hotfire.yaml";
const defaultPreset = "dledger";

/** Options of `up` and `render` that go over the spec. */
export interface SpecOptions {
  readonly name?: string | undefined;
  readonly portOffset?: string | undefined;
  readonly proxy?: true | undefined;
  readonly advertise?: string | undefined;
  readonly bind?: string | undefined;
  readonly memory?: readonly string[] | undefined;
}

/** Reads a preset, a file, or stdin, and puts the options over it. */
export async function readSpec(source: string | undefined, options: SpecOptions): Promise<ClusterSpec> {
  return applyOverrides(await load(source), options);
}

async function load(source: string | undefined): Promise<ClusterSpec> {
  if (source === undefined) {
    return existsSync(defaultSpecFile) ? readSpecFile(defaultSpecFile) : loadPreset(defaultPreset);
  }
  if (source === "-") return parseSpec(await text(process.stdin), { source: "stdin" });
  if (isPresetName(source)) return loadPreset(source);
  return isSpecSource(source) ? readSpecFile(source) : loadPreset(source);
}

/** Whether a word means stdin or a file, rather than a preset or a cluster. */
export function isSpecSource(source: string): boolean {
  return source === "-" || /[/\\]|\.(ya?ml|json)$/.test(source) || existsSync(source);
}

async function readSpecFile(file: string): Promise<ClusterSpec> {
  try {
    const content = await readFile(file);
    return parseSpec(content, { source: file });
  } catch (error) {
    if (!(error instanceof Error) || !("syscall" in error)) throw error;
    const why = "code" in error && error.code === "ENOENT" ? "there is no such file" : error.message;
    throw new CliError("FILE_UNREADABLE", `${file} cannot be read: ${why}.`, {
      hint: "Write one with hotfire init, or name a preset: hotfire up --help lists them.",
      cause: error,
    });
  }
}

/** Puts the options over a spec and checks it again, so that an option's mistake is found like a file's. */
export function applyOverrides(spec: ClusterSpec, options: SpecOptions): ClusterSpec {
  const { name, advertise, bind, proxy } = options;
  const portOffset = options.portOffset === undefined ? undefined : parseOffset(options.portOffset);
  return withOverrides(spec, {
    memory: parseMemory(options.memory ?? []),
    ...(name === undefined ? {} : { name }),
    ...(advertise === undefined ? {} : { advertise }),
    ...(bind === undefined ? {} : { bind }),
    ...(proxy === undefined ? {} : { proxy }),
    ...(portOffset === undefined ? {} : { portOffset }),
  });
}

const kinds = ["namesrv", "controller", "broker", "proxy", "console"] as const;

/** `broker=768m,namesrv=200m` to bytes by kind; a bare size is the brokers'. */
export function parseMemory(values: readonly string[]): Partial<Record<(typeof kinds)[number], number>> {
  const memory: Partial<Record<(typeof kinds)[number], number>> = {};
  for (const entry of values.flatMap((value) => value.split(","))) {
    const [first = "", second] = entry.split(/=(.*)/s);
    const [name, text] = second === undefined ? ["broker", first] : [first, second];
    const kind = kinds.find((known) => known === name);
    const bytes = parseSize(text);
    if (kind === undefined || bytes === undefined) {
      throw new CliError("ARGUMENT_INVALID", `--memory ${entry} is not KIND=SIZE.`, {
        hint: `Kinds are ${kinds.join(", ")}, sizes like 768m or 1g: --memory broker=768m,namesrv=200m`,
      });
    }
    memory[kind] = bytes;
  }
  return memory;
}

/** A number; `auto` stays for the caller to find out. */
export function parseOffset(text: string): number | undefined {
  if (text === "auto") return undefined;
  if (/^\d{1,5}$/.test(text)) return Number(text);
  throw new CliError("ARGUMENT_INVALID", `--port-offset ${text} is neither a number nor auto.`, {
    hint: "With 1000 the name servers are at 10876, 10877, … and the proxy at 9081.",
  });
}
