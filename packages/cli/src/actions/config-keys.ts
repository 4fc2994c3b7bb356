import { type ConfigKind, configKeys, configKinds, keyPurposes } from "@hotfire/config";
import { type Context, printJson } from "../context.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { type Column, renderTable } from "../output/table.ts";

interface KeyRow {
  readonly kind: ConfigKind;
  readonly key: string;
  readonly type: string;
  readonly values?: readonly string[];
  readonly default: string | null;
  readonly purpose?: string | undefined;
}

const columns: readonly Column<KeyRow>[] = [
  { title: "OF", value: ({ kind }) => kind },
  { title: "KEY", value: ({ key }) => key },
  { title: "TYPE", value: ({ type, values }) => values?.join("|") ?? type },
  {
    title: "DEFAULT",
    value: ({ default: unset }) => (unset === null ? "" : JSON.stringify(unset).slice(1, -1)),
    drop: 2,
  },
  { title: "WHAT IT DOES", value: ({ purpose }) => purpose ?? "", drop: 1 },
];

export async function listKeys(
  context: Context,
  pattern: string | undefined,
  options: { readonly of?: ConfigKind | undefined },
): Promise<ExitCode> {
  const matches = matcher(pattern ?? "");
  const rows = configKinds
    .filter((kind) => options.of === undefined || options.of === kind)
    .flatMap((kind) =>
      [...configKeys(kind)]
        .filter(([key]) => matches(key))
        .map(
          ([key, { type, values, default: unset }]): KeyRow => ({
            kind,
            key,
            type,
            ...(values === undefined ? {} : { values }),
            default: unset,
            ...(Object.hasOwn(keyPurposes[kind], key) ? { purpose: keyPurposes[kind][key] } : {}),
          }),
        ),
    );
  if (context.json) printJson(context, rows);
  else if (rows.length > 0) {
    context.print(renderTable(columns, rows, context.style, context.width));
  }
  if (rows.length > 0) return exitCodes.ok;
  context.say(`No key matches ${pattern}.`);
  return exitCodes.failed;
}

/** Part of a key, or the whole of it with `*` for anything; capitals do not matter. */
function matcher(pattern: string): (key: string) => boolean {
  const lower = pattern.toLowerCase();
  const parts = lower.split(/\*+/);
  if (parts.length === 1) return (key) => key.toLowerCase().includes(lower);
  const escaped = parts.map((part) => part.replaceAll(/[^a-z0-9]/g, "\\$&"));
  const whole = new RegExp(`^${escaped.join(".*")}$`);
  return (key) => whole.test(key.toLowerCase());
}
