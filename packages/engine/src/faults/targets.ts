import { isBroker, type Member } from "../clusters/members.ts";
import type { ContainerState } from "../docker/docker-client.ts";
import { EngineError, isEngineError } from "../errors/engine-error.ts";
import { readCandidates, unasked } from "../nodes/candidates.ts";
import { matchTarget, parseTarget, type Target } from "../nodes/target.ts";
import { type ClusterNow, isPresent, type PresentMember } from "./context.ts";

/** Who a target may turn out to mean; their roles do not matter yet. */
export function possibleTargets(now: ClusterNow, text: string): PresentMember[] {
  const targets = targetsOf(text);
  return now.members.filter(isPresent).filter((member) => targets.some((target) => concerns(target, member)));
}

/** Who a target means at this moment, of those who are in one of these states. Throws FAULT_NO_TARGET. */
export async function resolveFaultTarget(
  now: ClusterNow,
  text: string,
  states: readonly ContainerState[],
): Promise<PresentMember[]> {
  const found = await Promise.all(targetsOf(text).map((target) => namesOf(now, target)));
  const names = new Set(found.flat());
  const nodes = now.members.filter(({ plan }) => names.has(plan.name));
  const fit = nodes.filter(isPresent).filter(({ container }) => states.includes(container.state));
  if (fit.length > 0) return fit;
  const seen = nodes.map(({ plan, container }) => `${plan.name} is ${container?.state ?? "missing"}`);
  throw new EngineError("FAULT_NO_TARGET", `Nothing at ${text} can be hit: ${seen.join(", ")}.`, {
    hint: "A fault needs a node that runs. See hotfire status.",
  });
}

function targetsOf(text: string): Target[] {
  return text.split(",").map((part) => parseTarget(part.trim()));
}

function namesOf(now: ClusterNow, target: Target): Promise<string[]> {
  // Only those who may be meant: a node that is cut off would hold up the answer.
  const concerned = now.members.filter((member) => concerns(target, member));
  const asked = target.by === "role" && concerned.length > 0;
  return noTargetInstead(async () =>
    matchTarget(target, asked ? await readCandidates(now.docker, concerned) : now.members.map(unasked)),
  );
}

function concerns(target: Target, member: Member): boolean {
  const group = isBroker(member) ? member.plan.group : member.plan.kind;
  switch (target.by) {
    case "node":
      return member.plan.name === target.name;
    case "role":
      return group === target.group;
    case "all":
      return group === target.of || member.plan.kind === target.of;
  }
}

async function noTargetInstead<T>(action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (!isEngineError(error, "TARGET_NOT_FOUND")) throw error;
    throw new EngineError("FAULT_NO_TARGET", error.message, {
      ...(error.hint === undefined ? {} : { hint: error.hint }),
      cause: error,
    });
  }
}
