import {
  type ConfigFile,
  changedLines,
  type Finding,
  type FixMode,
  fixFiles,
  lint as judge,
} from "@hotfire/config";
import { CliError } from "../cli-error.ts";
import { readConfigSets } from "../config-files.ts";
import { type Context, printJson } from "../context.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { renderError } from "../output/render-error.ts";
import {
  linesOf,
  renderChanges,
  renderFinding,
  renderRule,
  renderSummary,
} from "../output/render-findings.ts";
import { toSarif } from "../output/sarif.ts";
import { replaceFile } from "../replace-file.ts";

interface LintOptions {
  readonly fix?: FixMode | true | undefined;
  readonly dryRun?: true | undefined;
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
  if (options.dryRun === true && options.fix === undefined)
    throw new CliError("ARGUMENT_INVALID", "--dry-run shows what --fix would do, and --fix is not there.", {
      hint: "hotfire lint FOLDER --fix --dry-run",
    });
  const isText = !context.json && options.sarif !== true;
  const all: Finding[] = [];
  const unreadable: CliError[] = [];
  const explained = new Set<string>();
  let count = 0;
  for await (const set of readConfigSets(paths)) {
    const files = options.fix === undefined ? set.files : await mend(context, set.files, options);
    const findings = judge(files);
    count += files.length;
    unreadable.push(...set.unreadable);
    all.push(...findings);
    if (!isText) continue;
    const lines = linesOf(files);
    for (const finding of findings) {
      context.print(
        renderFinding(finding, lines.get(finding.file) ?? [], !explained.has(finding.code), context.style),
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
  return all.some(({ severity }) => severity !== "note") ? exitCodes.failed : exitCodes.ok;
}

async function mend(
  context: Context,
  files: readonly ConfigFile[],
  { fix, dryRun }: LintOptions,
): Promise<readonly ConfigFile[]> {
  const mode = fix === "unsafe" ? "unsafe" : "safe";
  const { mended, done, left } = fixFiles(files, mode);
  for (const finding of done.filter(({ isFixUnsafe }) => isFixUnsafe))
    context.say(`unsafe: ${finding.file}:${finding.line} ${finding.message} [${finding.code}]`);
  const before = new Map(files.map(({ path, text }) => [path, text]));
  for (const { path, text } of mended) {
    const was = before.get(path) ?? "";
    if (was === text) continue;
    context.say(renderChanges(path, changedLines(was, text), context.sayStyle));
    if (dryRun !== true) await replaceFile(path, text);
  }
  if (left.length > 0)
    context.say(
      `${left.length === 1 ? "1 more fix changes" : `${left.length} more fixes change`} what a running cluster does at its next start: --fix=unsafe lists and does it.`,
    );
  return dryRun === true ? files : mended;
}

function toJson({ edits, isFixUnsafe, ...finding }: Finding): object {
  const isFixable = edits.length > 0;
  return { ...finding, fixable: isFixable, ...(isFixable && isFixUnsafe ? { unsafe: true } : {}) };
}
