// Measures what the README and the documents state: `make bench`, or `node bench/main.ts [NAME...]`.
import prepare from "../test-e2e/support/global-setup.ts";
import { consoleBench } from "./console.ts";
import { idleBench } from "./idle.ts";
import { imagesBench } from "./images.ts";
import { lintBench } from "./lint.ts";
import { describeMachine } from "./machine.ts";
import { pageBench } from "./page.ts";
import { readyBench } from "./ready.ts";
import { recoveryBench } from "./recovery.ts";
import { renderBench } from "./render.ts";
import { sendBench } from "./send.ts";
import { soakBench } from "./soak.ts";
import { statusBench } from "./status.ts";
import { storeResult } from "./store-result.ts";
import { warmUpBench } from "./warm-up.ts";

const benches = [
  imagesBench,
  renderBench,
  readyBench,
  warmUpBench,
  idleBench,
  statusBench,
  sendBench,
  consoleBench,
  pageBench,
  lintBench,
  recoveryBench,
];
const say = (line: string) => void process.stdout.write(`${line}\n`);

// Hours: only where it is asked for.
const onlyByName = [soakBench];
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => ![...benches, ...onlyByName].some((bench) => bench.name === name));
if (unknown.length > 0) {
  process.stderr.write(
    `bench: no ${unknown.join(", ")}; there are ${[...benches, ...onlyByName].map(({ name }) => name).join(", ")}\n`,
  );
  process.exit(3);
}

const finish = await prepare();
const machine = await describeMachine();
say(
  `${machine.cores} cores (${machine.cpu}), Engine ${machine.engine}, RocketMQ ${machine.rocketmq}, Node ${machine.node}`,
);
const results: Record<string, unknown> = {};
try {
  const all = [...benches, ...onlyByName];
  for (const bench of wanted.length === 0 ? benches : all.filter(({ name }) => wanted.includes(name))) {
    say(`\n${bench.name}: ${bench.about}`);
    results[bench.name] = await bench.run((line) => say(`  ${line}`));
  }
} finally {
  await finish();
  const file = await storeResult("", { machine, results });
  say(`\nstored in ${file}`);
}
