import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { ensureFaultImage, startGuardian } from "@hotfire/engine";
import { popRetryTopics } from "@hotfire/remoting";
import { DrillError } from "../errors/drill-error.ts";
import { checkRun } from "./judge-run.ts";
import { loadSettings } from "./load.ts";
import { prepareStage } from "./place.ts";
import { makeRunFolder } from "./run-files.ts";
import type { DrillOutcome, RunDrillOptions } from "./run-options.ts";
import { Session } from "./session.ts";

/**
 * Runs one drill: cluster, load, faults, healing, read-back, verdict, and everything back as it was. What was seen is on
 * disk before anything is rolled back, also when the run fails or is interrupted; then it throws after cleaning up.
 */
export async function runDrill(options: RunDrillOptions): Promise<DrillOutcome> {
  const { docker, folder, signal } = options;
  await makeRunFolder(folder);
  await ensureFaultImage(docker, { signal });
  const stage = await prepareStage(options);
  const settings = loadSettings(options, randomBytes(4).toString("hex"));
  const guardian = await startGuardian({
    cluster: stage.plan.name,
    whenLost: stage.isOwn ? "remove" : "heal",
  }).catch(async (error: unknown) => {
    await stage.restore({ topics: [], consumerGroups: [] });
    throw error;
  });
  const session = new Session(options, stage, settings);
  let failure: { readonly error: unknown } | undefined;
  try {
    await session.run();
  } catch (error) {
    failure = { error };
  }
  try {
    const outcome = failure === undefined || session.hasHistory ? await judged(options, session) : undefined;
    if (failure !== undefined) throw explain(failure.error, options);
    if (outcome === undefined) throw new TypeError("a run without a history did not fail");
    return outcome;
  } finally {
    session.enter("restore", 3000);
    const { topic, consumerGroups, kinds } = settings;
    const topics = [
      topic,
      ...kinds.map((kind) => kind.topic),
      ...consumerGroups.map((group) => `%RETRY%${group}`),
      ...kinds.flatMap(({ kind, topic: ofKind }) =>
        kind === "pop" ? consumerGroups.flatMap((group) => popRetryTopics(ofKind, group)) : [],
      ),
    ];
    const problems = await stage.restore({ topics, consumerGroups });
    for (const problem of problems) session.note(`left behind: ${problem}`, "warning");
    await guardian.release();
  }
}

async function judged(options: RunDrillOptions, session: Session): Promise<DrillOutcome> {
  session.enter("judge", 1000);
  const outcome = await checkRun(options.folder, { limits: options.limits, into: "run" });
  const { verdict, sentence, reasons } = outcome.result;
  options.onEvent?.({
    type: "verdict",
    at: session.now(),
    verdict,
    sentence,
    reasons,
    folder: options.folder,
  });
  return outcome;
}

function explain(error: unknown, { folder, signal }: RunDrillOptions): unknown {
  if (!signal.aborted) return error;
  return new DrillError("DRILL_INTERRUPTED", "The drill was interrupted; its faults are healed.", {
    hint: `What was seen until then is in ${join(folder, "report.html")}.`,
    cause: error,
  });
}
