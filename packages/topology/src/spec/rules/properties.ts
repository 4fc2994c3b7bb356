import type { SpecIssue } from "../../errors/spec-error.ts";
import type { ClusterSpec, Properties } from "../cluster-spec.ts";
import { ownedKeys } from "../owned-keys.ts";
import type { Rule } from "./check-rules.ts";

const keyCharacters = /^[A-Za-z][A-Za-z0-9_.-]*$/;
/** The configuration travels in an environment variable, a line a key. */
const longestValue = 8192;

function hasControlCharacter(text: string): boolean {
  return [...text].some((character) => {
    const code = character.codePointAt(0) ?? 0;
    return (code < 32 && code !== 9) || code === 127;
  });
}

function* check(
  spec: ClusterSpec,
  kind: keyof typeof ownedKeys,
  map: Properties,
  path: SpecIssue["path"],
): Generator<SpecIssue> {
  for (const [key, value] of Object.entries(map)) {
    const at = [...path, key];
    if (!keyCharacters.test(key)) {
      yield {
        code: "PROPERTY_INVALID",
        path: at,
        message: `${JSON.stringify(key)} is not a RocketMQ key`,
        hint: "Keys are written exactly as RocketMQ spells them, e.g. fileReservedTime.",
      };
      continue;
    }
    const owned = ownedKeys[kind](spec)[key];
    if (owned !== undefined) {
      yield {
        code: "PROPERTY_OWNED",
        path: at,
        message: `is set by Hotfire: ${owned.why}`,
        hint: owned.instead,
      };
    } else if (hasControlCharacter(value)) {
      yield {
        code: "PROPERTY_INVALID",
        path: at,
        message: "holds a line break or control character; a property is one line",
      };
    } else if (value.length > longestValue) {
      yield {
        code: "PROPERTY_INVALID",
        path: at,
        message: `is ${value.length} characters long; at most ${longestValue} are allowed`,
      };
    }
  }
}

export const propertyRule: Rule = function* (spec) {
  yield* check(spec, "broker", spec.properties, ["properties"]);
  yield* check(spec, "namesrv", spec.namesrvProperties, ["namesrvProperties"]);
  yield* check(spec, "controller", spec.controllerProperties, ["controllerProperties"]);
  yield* check(spec, "proxy", spec.proxyProperties, ["proxyProperties"]);
  if (spec.mode !== "controller" && Object.keys(spec.controllerProperties).length > 0) {
    yield {
      code: "MODE_MISMATCH",
      path: ["controllerProperties"],
      message: `there are no controllers in ${spec.mode}`,
      hint: "Remove the key, or choose mode: controller.",
    };
  }
  if (typeof spec.groups === "number") return;
  for (const [index, group] of spec.groups.entries()) {
    yield* check(spec, "broker", group.properties, ["groups", index, "properties"]);
    for (const [position, node] of group.nodes.entries()) {
      yield* check(spec, "broker", node.properties, ["groups", index, "nodes", position, "properties"]);
    }
  }
};
