// The text of docs/reference/errors.md, from the tables that the errors themselves are made of.

import type { Blame, ErrorTable } from "@hotfire/base";
import { cliErrors, exitCodeOf } from "@hotfire/cli";
import { drillErrors } from "@hotfire/drill";
import { engineErrors } from "@hotfire/engine";
import { judgeErrors } from "@hotfire/judge";
import { remotingErrors } from "@hotfire/remoting";
import { topologyErrors } from "@hotfire/topology";

const faults: Readonly<Record<Blame, string>> = { user: "yours", engine: "engine or machine", tool: "ours" };

const sections: readonly (readonly [title: string, about: string, table: ErrorTable])[] = [
  ["The command line", "Arguments, options and files.", cliErrors],
  ["Cluster specs", "Every mistake of a spec is listed with line and column.", topologyErrors],
  ["Engine and clusters", "Docker, images, containers and targets.", engineErrors],
  [
    "RocketMQ's protocol",
    "Talking to name servers, brokers and controllers; `RESPONSE_REFUSED` carries RocketMQ's own code and remark.",
    remotingErrors,
  ],
  ["Drills", "Runs of drills and their folders.", drillErrors],
  ["Judging drills", "Stored histories, limits and results.", judgeErrors],
];

const introduction = `# Errors

Every error has a stable code, says what happened and why, and carries a hint with what to do about it. With \`--json\`
it is the last line: \`{"type":"error","error":{"code","blame","message","hint",...}}\`. "Fault" says whose it is: yours
(arguments, specs, names), the engine's or machine's, or ours (a bug: please report it with the folder that
\`hotfire export\` writes).

Exit codes: 0 done; 1 a check or drill failed, or a node died; 2 unknown: a deadline passed, or a drill could not be
judged; 3 your mistake; 4 the engine or the machine; 70 a bug; 130 interrupted.

This page is generated from the code by \`make render\`.
`;

/** The page, a table a package. */
export function errorsPage(): string {
  const tables = sections.map(([title, about, table]) => {
    const rows = Object.entries(table).map(
      ([code, { blame, meaning }]) =>
        `| \`${code}\` | ${faults[blame]} | ${exitCodeOf({ code, blame })} | ${meaning.replaceAll("|", "\\|")} |`,
    );
    return `\n## ${title}\n\n${about}\n\n| code | fault | exit | what it means |\n|---|---|---|---|\n${rows.join("\n")}\n`;
  });
  return introduction + tables.join("");
}
