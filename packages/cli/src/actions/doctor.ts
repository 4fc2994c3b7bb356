import { connect, type Diagnosis, diagnose } from "@hotfire/engine";
import { type Context, printJson } from "../context.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import type { Style } from "../output/style.ts";

export async function doctor(context: Context): Promise<ExitCode> {
  const found = await diagnose(await connect());
  if (context.json) printJson(context, found);
  else context.print(renderDiagnosis(found, context.style));
  return found.result === "fail" ? exitCodes.failed : exitCodes.ok;
}

export function renderDiagnosis({ findings }: Diagnosis, style: Style): string {
  const marks = { pass: style.good("✔"), warn: style.warn("!"), fail: style.bad("✖") };
  const widest = Math.max(...findings.map(({ title }) => title.length));
  return findings
    .flatMap(({ title, result, found, fix }) => [
      `${marks[result]} ${title.padEnd(widest)}   ${result === "pass" ? style.dim(found) : found}`,
      ...(fix === undefined ? [] : [`${" ".repeat(widest + 5)}${style.accent("fix")}  ${fix}`]),
    ])
    .join("\n");
}
