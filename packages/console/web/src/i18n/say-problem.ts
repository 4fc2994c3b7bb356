import type { Problem, Silence } from "@hotfire/console/api";
import type { Translate } from "./index.ts";

interface Unasked {
  readonly problem?: string | undefined;
  readonly silence?: Silence | undefined;
}

/** A problem in the reader's language; `now` in milliseconds since 1970. Its `detail` is a line of its own. */
export function sayProblem(t: Translate, problem: Problem, now: number): string {
  switch (problem.code) {
    case "NO_WRITER": {
      const { group, since } = problem;
      const why = t(`noWriter.${problem.why}`);
      return since === null
        ? t("problem.NO_WRITER", { group, why })
        : t("problem.NO_WRITER.since", { group, why, s: Math.max(0, Math.round((now - since) / 1000)) });
    }
    case "RIVAL_WRITERS":
      return t("problem.RIVAL_WRITERS", { group: problem.group, n: problem.writers });
    case "NODE_UNREACHABLE":
      // Behind the node's name the text has what the server said.
      return problem.silence === "other"
        ? problem.text
        : t("problem.NODE_UNREACHABLE", { node: problem.node, why: t(`silence.${problem.silence}`) });
    case "NODE_SICK":
      return t("problem.NODE_SICK", { node: problem.node });
    case "NODE_WITHOUT_ROLE":
      return t("problem.NODE_WITHOUT_ROLE", { node: problem.node });
    case "SLAVE_DISCONNECTED":
      return t("problem.SLAVE_DISCONNECTED", { node: problem.node });
    case "CONTROLLERS_LEADERLESS":
      return t("problem.CONTROLLERS_LEADERLESS");
  }
}

/** Why something could not be asked; undefined where it could. */
export function saySilence(t: Translate, { problem, silence }: Unasked): string | undefined {
  return silence === undefined || silence === "other" ? problem : t(`silence.${silence}`);
}
