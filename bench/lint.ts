import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { projectRoot } from "../test-e2e/support/names.ts";
import { run } from "../test-e2e/support/run.ts";
import { tempFolder } from "../test-e2e/support/temp-folder.ts";
import type { Bench } from "./bench.ts";
import { round, spread } from "./statistics.ts";

const clusters = 1667;
const rounds = 3;
const gnuTime = "/usr/bin/time";
/** GNU time's report of the most memory that was resident, in KiB. */
const peak = /Maximum resident set size \(kbytes\): (\d+)/;

export const lintBench: Bench = {
  name: "lint",
  about: `hotfire lint on ${clusters} copies of the seed's DLedger cluster: time and memory`,
  async run(say) {
    await using folder = await tempFolder();
    const seed = join(projectRoot, "examples/seed/dledger");
    const files = await Promise.all(
      (await readdir(seed)).map(async (name) => ({ name, text: await readFile(join(seed, name)) })),
    );
    for (let cluster = 0; cluster < clusters; cluster += 1) {
      const path = join(folder.path, `cluster-${cluster}`);
      await mkdir(path);
      await Promise.all(files.map(({ name, text }) => writeFile(join(path, name), text)));
    }
    const count = clusters * files.length;
    const lint = [join(projectRoot, "hotfire"), "lint", folder.path];
    const hasTime = existsSync(gnuTime);
    const seconds: number[] = [];
    const peaks: number[] = [];
    for (let done = 0; done < rounds; done += 1) {
      const [program = "", ...args] = hasTime ? [gnuTime, "-v", ...lint] : lint;
      const { code, stderr, tookMs } = await run(program, args);
      if (code !== 1)
        throw new Error(`hotfire lint ended with ${code}, not with findings:\n${stderr.slice(-2000)}`);
      seconds.push(tookMs / 1000);
      if (hasTime) peaks.push(Number(peak.exec(stderr)?.[1]) / 1024);
    }
    const took = spread(seconds);
    const peakMib = peaks.length === 0 ? undefined : round(Math.max(...peaks));
    const memory = peakMib === undefined ? `no ${gnuTime}, so no memory` : `${peakMib} MiB`;
    say(`${count} files: ${round(took.median, 1)} s, worst ${round(took.max, 1)} s, ${memory}`);
    return { files: count, seconds: took, peakMib };
  },
};
