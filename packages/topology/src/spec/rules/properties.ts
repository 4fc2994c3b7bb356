import type { SpecIssue } from "../../errors/spec-error.ts";
import type { ClusterSpec } from "../cluster-spec.ts";
import { ownedKeys } from "../owned-keys.ts";
import type { Rule } from "./check-rules.ts";
import { commonProperties, groupProperties, type PropertyMap } from "./property-maps.ts";

const keyCharacters = /^[A-Za-z][A-Za-z0-9_.-]*$/;
/** The configuration travels in an environment variable, a line a key. */
const longestValue = 8192;

function hasControlCharacter(text: string): boolean {
  return [...text].some((character) => {
    const code = character.codePointAt(0) ?? 0;
    return (code < 32 && code !== 9) || code === 127;
  });
}

function* check(spec: ClusterSpec, { kind, path, properties }: PropertyMap): Generator<SpecIssue> {
  for (const [key, value] of Object.entries(properties)) {
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
  for (const map of commonProperties(spec)) yield* check(spec, map);
  if (spec.mode !== "controller" && Object.keys(spec.controllerProperties).length > 0) {
    yield {
      code: "MODE_MISMATCH",
      path: ["controllerProperties"],
      message: `there are no controllers in ${spec.mode}`,
      hint: "Remove the key, or choose mode: controller.",
    };
  }
  for (const map of groupProperties(spec)) yield* check(spec, map);
};
