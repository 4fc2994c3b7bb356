// The text of docs/reference/drill-catalogue.md, from the drills' own definitions.

import { catalogue, type DrillDefinition, type Step } from "@hotfire/drill";
import { allowanceText } from "@hotfire/judge";

const introduction = `# The drills

What each drill breaks, on which modes, and what is expected there and by whom. [Run drills](../how-to/run-drills.md) tells how to run
them and how to add one, [drills explained](../explanation/drills.md) how to read a report. A verdict also holds every run against what must always be true: nothing
acknowledged lost, nothing refused that arrives after all, nothing out of order or made up, one broker of a group
acknowledging at a time, replicas equal at the end, no failure outside of a fault's time.

This page is generated from packages/drill/src/catalogue by \`make render\`.
`;

/** The page, a section a drill. */
export function drillsPage(): string {
  const contents = catalogue.map(({ name, title }) => `- [${name}](#${name}): ${title}`).join("\n");
  return `${introduction}\n${contents}\n${catalogue.map(section).join("")}`;
}

function section(drill: DrillDefinition): string {
  const steps = drill.steps.map((step, index) => `${index + 1}. ${describe(step)}`).join("\n");
  const rows = Object.entries(drill.expect).map(
    ([mode, { claim, source }]) => `| ${mode} | ${cell(claim)} | ${cell(source)} |`,
  );
  const allowed = Object.entries(drill.expect).flatMap(([mode, { rules }]) =>
    rules.flatMap((rule) => {
      const text = allowanceText(rule);
      return text === undefined ? [] : [`- ${mode}: ${text}`];
    }),
  );
  const needs = drill.needs === undefined ? "" : `\nNeeds in the spec: \`${JSON.stringify(drill.needs)}\`.\n`;
  return `
## ${drill.name}

**${drill.title}.** ${drill.about}

\`hotfire drill run ${drill.name}\` runs it on \`${drill.preset}\`.
${needs}
${steps}

| mode | expected | who says so |
|---|---|---|
${rows.join("\n")}
${allowed.length === 0 ? "" : `\nAllowed there, and nowhere else:\n\n${allowed.join("\n")}\n`}`;
}

const seconds = (ms: number) => `${ms / 1000} s`;

function describe(step: Step): string {
  switch (step.do) {
    case "inject": {
      const { kind, ...settings } = step.fault;
      const more = [
        ...Object.entries(settings).map(([key, value]) => `${key} ${[value].flat().join(", ")}`),
        ...(step.to === undefined ? [] : [`to what \`${step.to}\` hit`]),
      ];
      return `\`${kind}\` on ${[step.on].flat().join(", ")}${more.length === 0 ? "" : ` (${more.join("; ")})`}`;
    }
    case "heal":
      return `heal \`${step.fault}\``;
    case "hold":
      return `wait ${seconds(step.forMs)}`;
    case "until-writable":
      return `where a replica can be promoted: until writes are back for ${seconds(step.steadyMs ?? 2000)}, at most ${seconds(step.atMostMs)}; elsewhere ${seconds(step.holdMs)}`;
    case "until-ready":
      return `until everything is registered again, at most ${seconds(step.atMostMs)}${step.goOn ? ", and on in any case" : ""}`;
    case "pause-sending":
      return "stop sending, and wait until nothing is on its way";
    case "resume-sending":
      return "send again";
    case "roll":
      return "stop, start and await one broker after another, replicas first";
    case "bursts":
      return `${step.rounds} times, each group in turn for ${seconds(step.forMs)}: ${step.concurrency} sends in flight`;
    case "chaos":
      return `random faults for ${seconds(step.forMs)}`;
  }
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}
