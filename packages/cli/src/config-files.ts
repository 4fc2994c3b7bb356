import { opendir, readFile, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { messageOf } from "@hotfire/base";
import { type ConfigFile, largestFile, readConfigFile, unreadFile } from "@hotfire/config";
import { CliError } from "./cli-error.ts";

const neither = "it is neither a file nor a folder";

/** Files that belong to one cluster, and what could not be read. */
export interface ConfigSet {
  readonly files: readonly ConfigFile[];
  readonly unreadable: readonly CliError[];
}

/**
 * Files by cluster. Files named on the command line are one cluster. Of a folder, each folder in it that holds files is one,
 * unless none holds more than one: then it is a folder a host, and all of them are one cluster.
 */
export async function* readConfigSets(paths: readonly string[]): AsyncGenerator<ConfigSet> {
  const named: string[] = [];
  const folders: string[] = [];
  const missing: CliError[] = [];
  for (const path of paths) {
    const facts = await stat(path).catch((error: unknown) => unreadable(path, error));
    if (facts instanceof CliError) missing.push(facts);
    else if (facts.isDirectory()) folders.push(path);
    else if (facts.isFile()) named.push(path);
    else missing.push(notReadable(path, neither));
  }
  if (named.length > 0 || missing.length > 0) yield await readAll(named, missing);
  for (const folder of folders) {
    const found: string[] = [];
    const failed: CliError[] = [];
    await walk(folder, found, failed);
    if (found.length === 0 && failed.length === 0)
      failed.push(notReadable(folder, "it holds no .properties or .conf file, and no proxy's .json"));
    const byFolder = Map.groupBy(found.sort(), (path) => dirname(path));
    if (byFolder.size === found.length || byFolder.size < 2) yield await readAll(found, failed);
    else {
      if (failed.length > 0) yield { files: [], unreadable: failed };
      for (const together of byFolder.values()) yield await readAll(together, []);
    }
  }
}

/** Properties, and what else belongs to a cluster: proxies' JSON, accounts of ACL 1.0. */
function isCandidate(name: string): boolean {
  return (
    /\.(?:properties|conf)$/i.test(name) ||
    /proxy[^/]*\.json$/i.test(name) ||
    /^plain_acl.*\.ya?ml$/i.test(name)
  );
}

/** Symbolic links to folders are not followed, so that a loop ends; hidden folders are somebody else's. */
async function walk(folder: string, found: string[], failed: CliError[]): Promise<void> {
  try {
    for await (const entry of await opendir(folder)) {
      const path = join(folder, entry.name);
      if (entry.name.startsWith(".") || entry.name === "node_modules") continue;
      if (entry.isDirectory()) await walk(path, found, failed);
      else if (!isCandidate(entry.name)) continue;
      else if (entry.isFile()) found.push(path);
      else if (entry.isSymbolicLink()) {
        const target = await stat(path).catch((error: unknown) => unreadable(path, error));
        if (target instanceof CliError) failed.push(target);
        else if (target.isFile()) found.push(path);
        else if (!target.isDirectory()) failed.push(notReadable(path, neither));
      } else failed.push(notReadable(path, neither));
    }
  } catch (error) {
    failed.push(unreadable(folder, error));
  }
}

/** A file that is named twice, or linked to, is one file: judged twice it would be two brokers. */
async function eachOnce(paths: readonly string[]): Promise<readonly string[]> {
  const seen = new Set<string>();
  const once: string[] = [];
  for (const path of paths) {
    const facts = await stat(path, { bigint: true }).catch(() => undefined);
    const file = facts === undefined ? path : `${facts.dev}:${facts.ino}`;
    if (!seen.has(file)) once.push(path);
    seen.add(file);
  }
  return once;
}

async function readAll(all: readonly string[], failed: readonly CliError[]): Promise<ConfigSet> {
  const files: ConfigFile[] = [];
  const errors = [...failed];
  const paths = await eachOnce(all);
  // Not all at once: a machine has only so many open files.
  for (let from = 0; from < paths.length; from += 64) {
    for (const file of await Promise.all(paths.slice(from, from + 64).map(readOne))) {
      if (file instanceof CliError) errors.push(file);
      else files.push(file);
    }
  }
  return { files, unreadable: errors };
}

async function readOne(path: string): Promise<ConfigFile | CliError> {
  try {
    const { size } = await stat(path);
    if (size > largestFile) return unreadFile(path, "too-large");
    // Latin-1 keeps every byte, and it is how RocketMQ reads them.
    return readConfigFile(path, await readFile(path, "latin1"));
  } catch (error) {
    return unreadable(path, error);
  }
}

function unreadable(path: string, error: unknown): CliError {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ENOENT") return notReadable(path, "there is no such file or folder");
  if (code === "EACCES" || code === "EPERM") return notReadable(path, "permission denied");
  return notReadable(path, messageOf(error));
}

function notReadable(path: string, why: string): CliError {
  return new CliError("FILE_UNREADABLE", `${path} cannot be read: ${why}.`);
}
