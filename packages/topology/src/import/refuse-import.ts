import type { ConfigFile } from "@hotfire/config";
import { lint } from "@hotfire/config";
import { TopologyError } from "../errors/topology-error.ts";

/** What a spec can only say by making something else of it: who is master, which member a file is. */
const unfaithful: ReadonlySet<string> = new Set([
  "SLAVE_WITHOUT_MASTER",
  "TWO_MASTERS",
  "BROKER_ID_DUPLICATE",
  "ROLE_CONTRADICTS_ID",
  "DLEDGER_SELF_DUPLICATE",
  "DLEDGER_WITH_CONTROLLER",
]);

/** @throws TopologyError IMPORT_UNFAITHFUL with the lines to look at */
export function refuseUnfaithful(files: readonly ConfigFile[]): void {
  const found = lint(files).filter(({ code }) => unfaithful.has(code));
  if (found.length === 0) return;
  const lines = found.map(({ file, line, message, code }) => `  ${file}:${line}: ${message} [${code}]`);
  throw new TopologyError(
    "IMPORT_UNFAITHFUL",
    `These files cannot be imported as they are, for a spec would make another cluster of them:\n${lines.join("\n")}`,
    { hint: "Correct the lines, or name the files that are missing; hotfire lint --explain CODE says more." },
  );
}
