// Every fault of a stored result as a dot: `node bench/failover/plot.ts bench/results/failover-….json > docs/images/failover-gaps.svg`.
import { readFile } from "node:fs/promises";
import { failoverProfiles } from "@hotfire/topology";
import { z } from "zod";

const stored = z.object({
  measured: z.array(
    z.object({ profile: z.enum(failoverProfiles), fault: z.string(), gapMs: z.number().optional() }),
  ),
});

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error("usage: node bench/failover/plot.ts RESULT.json > FILE.svg");
const { measured } = stored.parse(JSON.parse(await readFile(file, "utf8")));

const titles: Readonly<Record<string, string>> = {
  kill: "leader killed",
  pause: "leader frozen",
  cut: "leader cut off",
  switchover: "planned switch",
  restart: "leader restarted",
};
const lane = 30;
const left = 190;
const width = 760;
const top = 34;
const ticks = [100, 200, 500, 1000, 2000, 5000, 10_000];
const least = 100;
const most = 12_000;

/** Logarithmic: a tenth of a second and ten seconds belong into one picture. */
const x = (ms: number) =>
  left + ((width - left - 20) * Math.log(Math.max(least, ms) / least)) / Math.log(most / least);

const rows = [...Map.groupBy(measured, ({ fault }) => fault)].flatMap(([fault, ones]) =>
  [...Map.groupBy(ones, ({ profile }) => profile)].map(([profile, dots]) => ({ fault, profile, dots })),
);
const height = top + rows.length * lane + 40;

const grid = ticks.map(
  (ms) =>
    `<line class="grid" x1="${x(ms).toFixed(1)}" x2="${x(ms).toFixed(1)}" y1="${top - 8}" y2="${height - 34}"/>` +
    `<text class="quiet" text-anchor="middle" x="${x(ms).toFixed(1)}" y="${height - 16}">${ms < 1000 ? `${ms} ms` : `${ms / 1000} s`}</text>`,
);
const lanes = rows.map(({ fault, profile, dots }, row) => {
  const y = top + row * lane + lane / 2;
  const name = rows[row - 1]?.fault === fault ? "" : (titles[fault] ?? fault);
  const marks = dots
    .flatMap(({ gapMs }) => gapMs ?? [])
    .map(
      (ms, index) =>
        `<circle class="${profile}" cx="${x(ms).toFixed(1)}" cy="${y + ((index % 5) - 2) * 3}" r="3"/>`,
    );
  return (
    `<text x="8" y="${y + 4}">${name}</text>` +
    `<text class="quiet" text-anchor="end" x="${left - 14}" y="${y + 4}">${profile}</text>${marks.join("")}`
  );
});

process.stdout.write(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="Write gap of each fault, by profile">
<style>
  text { font: 13px system-ui, sans-serif; fill: #1f2328; }
  .quiet { fill: #59636e; font-size: 12px; }
  .grid { stroke: #d1d9e0; }
  .stock { fill: #8b949e; } .fast { fill: #d1480f; } .aggressive { fill: #1a7f64; }
  circle { fill-opacity: .75; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3; } .quiet { fill: #9198a1; } .grid { stroke: #3d444d; }
    .fast { fill: #ff7b47; } .aggressive { fill: #3fb995; }
  }
</style>
<text x="${left}" y="16">Writes of the group stop for (each dot a fault, logarithmic)</text>
${grid.join("\n")}
${lanes.join("\n")}
</svg>
`);
