import { describeMachine } from "../../bench/machine.ts";
import type { Outcome } from "./outcome.ts";

/** docs/results/test-all.md: the last whole result, with commit, date and machine. */
export async function summaryPage(result: {
  readonly commit: string;
  readonly outcomes: readonly Outcome[];
}): Promise<string> {
  const machine = await describeMachine();
  const sum = (of: (outcome: Outcome) => number) =>
    result.outcomes.reduce((total, outcome) => total + of(outcome), 0);
  const rows = result.outcomes
    .toSorted((a, b) => b.seconds - a.seconds)
    .map(
      ({ what, passed, failed, skipped, seconds }) =>
        `| \`${what}\` | ${passed} | ${failed} | ${skipped} | ${seconds} |`,
    );
  return `# The last whole run of every test

\`make test-all\` at commit ${result.commit}, ${new Date().toISOString().slice(0, 10)}:
**${sum(({ passed }) => passed)} passed, ${sum(({ failed }) => failed)} failed, ${sum(({ skipped }) => skipped)} skipped** in ${(sum(({ seconds }) => seconds) / 60).toFixed(0)} minutes of tests.
${machine.cores} cores (${machine.cpu}), ${(machine.memoryBytes / 2 ** 30).toFixed(0)} GiB, Linux ${machine.kernel}, Docker Engine ${machine.engine}, Node ${machine.node}, RocketMQ ${machine.rocketmq}.

| part | passed | failed | skipped | seconds |
|---|---|---|---|---|
${rows.join("\n")}
`;
}
