import { isMap, isScalar, type Node } from "yaml";
import type { Position, PropertyEntry } from "../properties/parse-properties.ts";
import { yamlParser } from "../yaml/yaml-parser.ts";
import { strictJson } from "./tolerated-json.ts";

export interface JsonText {
  readonly entries: readonly PropertyEntry[];
  /** Why it cannot be read. */
  readonly problem?: { readonly message: string; readonly at: Position } | undefined;
}

/** The keys of a JSON object's first level as entries; what is deeper is its own text. Takes any text. */
export function readJson(written: string): JsonText {
  const text = strictJson(written);
  const { LineCounter, parseDocument } = yamlParser();
  const counter = new LineCounter();
  const at = (offset: number): Position => {
    const { line, col } = counter.linePos(offset);
    return { offset, line: Math.max(1, line), column: Math.max(1, col) };
  };
  const document = parseDocument(text, { lineCounter: counter, schema: "json", uniqueKeys: false });
  const wrong = jsonProblem(text);
  if (wrong !== undefined || !isMap(document.contents)) {
    const offset = document.errors[0]?.pos[0] ?? 0;
    return { entries: [], problem: { message: wrong ?? "it is no object", at: at(offset) } };
  }
  const entries = document.contents.items.flatMap((pair): PropertyEntry[] => {
    const { key, value } = pair;
    if (!isScalar(key) || !isNode(value) || !key.range || !value.range) return [];
    const [keyFrom] = key.range;
    const [from, end] = value.range;
    const said = isScalar(value) ? String(value.value) : text.slice(from, end);
    return [{ key: String(key.value), value: said, keyAt: at(keyFrom), valueAt: at(from), end }];
  });
  return { entries };
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "range" in value;
}

function jsonProblem(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : "it is no JSON";
  }
}
