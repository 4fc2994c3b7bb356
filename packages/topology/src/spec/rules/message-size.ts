import type { SpecIssue } from "../../errors/spec-error.ts";
import type { Properties } from "../cluster-spec.ts";
import { largestDledgerMessage } from "../message-size.ts";
import { formatSize } from "../size.ts";
import type { Rule } from "./check-rules.ts";

function* check(map: Properties, path: SpecIssue["path"]): Generator<SpecIssue> {
  const written = map["maxMessageSize"]?.trim() ?? "";
  if (!/^\d+$/.test(written) || Number(written) <= largestDledgerMessage) return;
  yield {
    code: "MODE_MISMATCH",
    path: [...path, "maxMessageSize"],
    message: `DLedger replicates no message above ${formatSize(largestDledgerMessage)}: it would stop the group for good`,
    hint: `Use ${largestDledgerMessage} or less, or mode: controller.`,
  };
}

export const messageSizeRule: Rule = function* (spec) {
  if (spec.mode !== "dledger") return;
  yield* check(spec.properties, ["properties"]);
  if (typeof spec.groups === "number") return;
  for (const [index, group] of spec.groups.entries()) {
    yield* check(group.properties, ["groups", index, "properties"]);
    for (const [position, node] of group.nodes.entries())
      yield* check(node.properties, ["groups", index, "nodes", position, "properties"]);
  }
};
