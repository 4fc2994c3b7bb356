import { chooseCluster, connect, verify as prove, type Verification } from "@hotfire/engine";
import { type Context, printJson } from "../context.ts";
import { type ExitCode, exitCodeByVerdict } from "../exit-codes.ts";
import { formatSeconds } from "../output/format.ts";
import { renderVerification } from "../output/render-verification.ts";

export async function verify(context: Context, name: string | undefined): Promise<ExitCode> {
  const docker = await connect();
  const found = await prove(docker, await chooseCluster(docker, name), { signal: context.signal });
  if (context.json) printJson(context, found);
  else {
    context.print(renderVerification(found, context.style));
    context.say(summary(found));
  }
  return exitCodeByVerdict[found.verdict];
}

function summary({ cluster, claims, tookMs }: Verification): string {
  const count = (result: string) => claims.filter((claim) => claim.result === result).length;
  const parts = (["pass", "fail", "unknown"] as const).filter((result) => count(result) > 0);
  const words = { pass: "hold", fail: "failed", unknown: "undecided" };
  return `\n${cluster}: ${parts.map((result) => `${count(result)} ${words[result]}`).join(", ")} (${formatSeconds(tookMs)})`;
}
