import { nearest } from "@hotfire/base";
import type { z } from "zod";
import type { SpecIssue } from "../errors/spec-error.ts";
import { formatPath } from "../errors/spec-error.ts";
import { type SpecInput, specSchema } from "./schema.ts";

type Issue = z.core.$ZodIssue;
type Path = (string | number)[];

const wholeNumbers = "a whole number";

function plainPath(path: readonly PropertyKey[]): Path {
  return path.map((part) => (typeof part === "number" ? part : String(part)));
}

function valueAt(value: unknown, path: Path): unknown {
  let at: unknown = value;
  for (const part of path) {
    if (typeof at !== "object" || at === null) return undefined;
    at = Reflect.get(at, part);
  }
  return at;
}

function show(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

const keyNames = (shape: object): string[] => Object.keys(shape);

/** Keys that a map at this path may hold; for suggestions. */
function knownKeys(path: Path): string[] {
  const [first, , third] = path;
  if (path.length === 0) return keyNames(specSchema.shape);
  if (first === "memory") return ["namesrv", "controller", "broker", "proxy", "console"];
  if (first === "ports") return ["namesrv", "broker", "dledger", "controller", "proxy", "console", "offset"];
  if (first === "proxy") return ["replicas"];
  if (first === "console") return ["write", "user", "passwordHash"];
  if (first === "groups")
    return third === "nodes" ? ["properties"] : ["name", "replicas", "properties", "nodes"];
  return [];
}

const foreignKeys: Readonly<Record<string, string>> = {
  nodes: "Brokers per group are written as replicas: 3.",
  brokers: "Brokers per group are written as replicas: 3, groups as groups: 2.",
  nameservers: "Did you mean namesrvs?",
  nameServers: "Did you mean namesrvs?",
  namesrv: "Did you mean namesrvs? (Its port and memory are ports.namesrv and memory.namesrv.)",
  brokerClusterName: "Here it is called clusterName.",
  cluster: "Did you mean name (of this cluster on this machine) or clusterName (RocketMQ's)?",
  image: "Images follow from the version: rocketmq: 5.5.0.",
  services: "This looks like a Compose file; a cluster spec is shorter. Write one with: hotfire init",
};

const expectations: readonly [RegExp, string][] = [
  [/^groups$/, "a number of groups or a list of groups, each with a name"],
  [/^proxy$/, "true, false or a map with replicas"],
  [/^memory\./, "a size such as 1g or 512m"],
  [/^groups\[\d+\]$/, "a map with at least a name, e.g. { name: broker-a }"],
  [/^version$/, "1"],
  [/^rocketmq$/, "a version such as 5.5.0"],
  [/(?:^|\.)\w*[pP]roperties\.[^.]+$/, "a text, a number, true or false"],
  [/(?:^|\.)\w*[pP]roperties$/, "a map of RocketMQ's keys and their values"],
  [/\.nodes$/, "a list with an entry for each broker, in order of their index"],
  [/^(?:replicas|namesrvs|controllers)$|\.replicas$|^ports\./, wholeNumbers],
  [/^(?:memory|ports)$/, "a map"],
];

function expectation(path: Path, issue: Issue): string {
  const text = formatPath(path);
  const known = expectations.find(([pattern]) => pattern.test(text));
  if (known !== undefined) return known[1];
  return issue.code === "invalid_type" && issue.expected === "string" ? "a text" : "something else";
}

function unknownKey(path: Path, key: string): SpecIssue {
  const suggestion = nearest(key, knownKeys(path));
  const foreign = path.length === 0 ? foreignKeys[key] : undefined;
  return {
    code: "KEY_UNKNOWN",
    path: [...path, key],
    message: "no such key",
    hint:
      foreign ??
      (suggestion === undefined
        ? `Known here: ${knownKeys(path).join(", ")}. RocketMQ's own keys go under properties.`
        : `Did you mean ${suggestion}?`),
  };
}

/** zod's issues in a person's words, one for each mistake. */
export function schemaIssues(input: unknown, issues: readonly Issue[]): SpecIssue[] {
  return issues.flatMap((issue): SpecIssue[] => {
    const path = plainPath(issue.path);
    const value = valueAt(input, path);
    if (issue.code === "unrecognized_keys") return issue.keys.map((key) => unknownKey(path, key));
    if (issue.code === "invalid_union" && typeof value === "object" && value !== null) {
      const branch = Array.isArray(value) ? "list" : "map";
      const inner = issue.errors.find(
        (errors) =>
          errors.length > 0 &&
          !errors.some((error) => error.code === "invalid_type" && error.path.length === 0),
      );
      if (inner !== undefined && (branch === "list" || path[0] === "proxy" || path[0] === "console")) {
        return schemaIssues(
          input,
          inner.map((error) => ({ ...error, path: [...issue.path, ...error.path] })),
        );
      }
    }
    if (value === undefined && (issue.code === "invalid_type" || issue.code === "invalid_value")) {
      return [{ code: "KEY_MISSING", path, message: "is missing", hint: missingHint(path) }];
    }
    if (issue.code === "invalid_value" && path[0] === "version") {
      return [
        {
          code: "VALUE_INVALID",
          path,
          message: `is ${show(value)}; this Hotfire reads version 1`,
          hint: "Write version: 1; RocketMQ's version is the key rocketmq.",
        },
      ];
    }
    if (issue.code === "invalid_value") {
      const values = issue.values.map(String);
      const suggestion = typeof value === "string" ? nearest(value, values) : undefined;
      return [
        {
          code: "VALUE_INVALID",
          path,
          message: `must be one of ${values.join(", ")}, not ${show(value)}`,
          hint: suggestion === undefined ? undefined : `Did you mean ${suggestion}?`,
        },
      ];
    }
    if (issue.code === "too_big" || issue.code === "too_small") {
      const limit = issue.code === "too_big" ? `at most ${issue.maximum}` : `at least ${issue.minimum}`;
      return [{ code: "VALUE_INVALID", path, message: `must be ${limit}, not ${show(value)}` }];
    }
    return [{ code: "VALUE_TYPE", path, message: `must be ${expectation(path, issue)}, not ${show(value)}` }];
  });
}

function missingHint(path: Path): string | undefined {
  const hints: Partial<Record<keyof SpecInput | "groupName", string>> = {
    version: "Write version: 1 as the first line.",
    name: "Give the cluster a name, e.g. name: demo",
    mode: "Choose one: single-master, multi-master, master-slave-async, master-slave-sync, dledger, controller.",
    groupName: "Every group in the list needs a name, e.g. name: broker-a",
  };
  if (path[0] === "groups") return hints.groupName;
  const [first] = path;
  return first === "version" || first === "name" || first === "mode" ? hints[first] : undefined;
}
