import { writeFile } from "node:fs/promises";
import {
  applyEdits,
  type ConfigFile,
  type Finding,
  lint as judge,
  lineChanges,
  readConfigFile,
} from "@hotfire/topology";
import { CliError } from "../cli-error.ts";
import { readConfigSets } from "../config-files.ts";
import { type Context, printJson } from "../context.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { renderError } from "../output/render-error.ts";
import { renderChanges, renderFinding, renderRule, renderSummary } from "../output/render-findings.ts";
import { toSarif } from "../output/sarif.ts";

interface LintOptions {
  readonly fix?: true | undefined;
  readonly explain?: string | undefined;
  readonly sarif?: true | undefined;
}

export async function lint(
  context: Context,
  paths: readonly string[],
  options: LintOptions,
): Promise<ExitCode> {
  if (options.explain !== undefined) {
    context.print(renderRule(options.explain, context.style));
    return exitCodes.ok;
  }
  if (paths.length === 0)
    throw new CliError("ARGUMENT_INVALID", "No file or folder is named.", {
      hint: "For example: hotfire lint /etc/rocketmq, or hotfire lint --explain DLEDGER_GROUP",
    });
  const isText = !context.json && options.sarif !== true;
  const all: Finding[] = [];
  const unreadable: CliError[] = [];
  const explained = new Set<string>();
  let count = 0;
  for await (const set of readConfigSets(paths)) {
    const files = options.fix === true ? await fix(context, set.files) : set.files;
    const findings = judge(files);
    count += files.length;
    unreadable.push(...set.unreadable);
    all.push(...findings);
    if (!isText) continue;
    const texts = new Map(files.map(({ path, text }) => [path, text]));
    for (const finding of findings) {
      context.print(
        renderFinding(finding, texts.get(finding.file) ?? "", !explained.has(finding.code), context.style),
      );
      explained.add(finding.code);
    }
  }
  if (context.json)
    printJson(context, {
      files: count,
      findings: all.map(toJson),
      unreadable: unreadable.map(({ message }) => message),
    });
  else if (options.sarif === true) printJson(context, toSarif(all));
  else if (all.length > 0) context.say(renderSummary(all, count));
  for (const error of unreadable)
    context.say(renderError({ ...error, message: error.message, seen: [] }, context.sayStyle));
  if (unreadable.length > 0) return exitCodes.unknown;
  return all.length > 0 ? exitCodes.failed : exitCodes.ok;
}

function toJson({ edits, ...finding }: Finding): object {
  return { ...finding, fixable: edits.length > 0 };
}

/** Mends what is safe, in rounds, for a mended key may show what was hidden behind it. */
async function fix(context: Context, given: readonly ConfigFile[]): Promise<readonly ConfigFile[]> {
  const before = new Map(given.map(({ path, text }) => [path, text]));
  let files = given;
  for (let round = 0; round < 5; round++) {
    const edits = Map.groupBy(
      judge(files).filter((finding) => finding.edits.length > 0),
      ({ file }) => file,
    );
    if (edits.size === 0) break;
    files = files.map((file) => {
      const own = edits.get(file.path)?.flatMap((finding) => finding.edits) ?? [];
      if (own.length === 0) return file;
      context.say(renderChanges(file.path, lineChanges(file.text, own), context.sayStyle));
      return readConfigFile(file.path, applyEdits(file.text, own));
    });
  }
  for (const { path, text } of files) {
    if (text !== before.get(path)) await write(path, text);
  }
  return files;
}

async function write(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text, "latin1");
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CliError("FILE_UNWRITABLE", `${path} cannot be written: ${reason}`, { cause: error });
  }
}
