import { isSecretKey, yamlParser } from "@hotfire/config";
import { nodeName } from "../plan/names.ts";
import type { SpecInput } from "../spec/schema.ts";
import type { ImportChange } from "./import-changes.ts";
import type { Imported, NotKept } from "./import-files.ts";

/** The spec as a file for a person: where each node comes from and what is not kept stand above it as comments. */
export function importText({ input, groups, notKept, changes }: Imported): string {
  const nodes = groups.flatMap(({ name, brokers }) =>
    brokers.map(
      ({ file, host }, index) =>
        `${nodeName(name, index)}: ${file.path}${host === undefined ? "" : ` on ${host}`}`,
    ),
  );
  const lost = [...Map.groupBy(notKept, ({ key, why }) => `${key}: ${why}`)].map(([what, same]) =>
    same.some(({ key }) => isSecretKey(key)) ? what : `${what} (${values(same)})`,
  );
  const comments = [
    "Imported from RocketMQ's own files:",
    ...nodes.map((line) => `  ${line}`),
    ...(changes.length === 0 ? [] : ["Changed:", ...changes.map((change) => `  ${spoken(change)}`)]),
    ...(lost.length === 0 ? [] : ["Not kept:", ...lost.map((line) => `  ${line}`)]),
    ...(input.failover === undefined
      ? []
      : ["failover: stock keeps RocketMQ's own timers; fast is Hotfire's default."]),
  ];
  const head = comments.map((line) => `# ${line.replaceAll(/[^\x20-\x7e\xa0-\uffff]/g, "?")}`).join("\n");
  return `${head}\n${yamlParser().stringify(readable(input), { lineWidth: 0 })}`;
}

/** `broker.conf:4: what`, with a mark where it changes what is promised. */
export function spoken({ file, line, what, isLoud }: ImportChange): string {
  return `${isLoud ? "! " : ""}${file}${line === undefined ? "" : `:${line}`}: ${what}`;
}

function values(same: readonly NotKept[]): string {
  const all = [...new Set(same.map(({ value }) => value))];
  const shown = all.slice(0, 3).map((value) => (value.length > 60 ? `${value.slice(0, 60)}…` : value));
  return `was ${shown.join(", ")}${all.length > 3 ? ", …" : ""}`;
}

/** Numbers and booleans without quotes where the text stays the same. */
function readable(value: SpecInput | unknown): unknown {
  if (Array.isArray(value)) return value.map(readable);
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, readable(entry)]));
  if (typeof value !== "string") return value;
  if (/^(?:0|[1-9]\d{0,14})$/.test(value)) return Number(value);
  return value === "true" ? true : value === "false" ? false : value;
}
