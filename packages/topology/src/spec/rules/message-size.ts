import { formatSize } from "@hotfire/base";
import { largestDledgerMessage } from "@hotfire/config";
import type { Rule } from "./check-rules.ts";
import { propertyMaps } from "./property-maps.ts";

export const messageSizeRule: Rule = function* (spec) {
  if (spec.mode !== "dledger") return;
  for (const { kind, path, properties } of propertyMaps(spec)) {
    const written = properties["maxMessageSize"]?.trim() ?? "";
    if (kind !== "broker" || !/^\d+$/.test(written) || Number(written) <= largestDledgerMessage) continue;
    yield {
      code: "MODE_MISMATCH",
      path: [...path, "maxMessageSize"],
      message: `DLedger replicates no message above ${formatSize(largestDledgerMessage)}: it would stop the group for good`,
      hint: `Use ${largestDledgerMessage} or less, or mode: controller.`,
    };
  }
};
