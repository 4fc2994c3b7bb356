/**
 * @module-tag quick
 * Ctrl-C in the middle of a start leaves what it says.
 */
import { describe, expect, it } from "vitest";
import { removeCluster } from "../support/cluster.ts";
import { leftOf } from "../support/docker.ts";
import { hotfire, jsonOf, startHotfire } from "../support/hotfire.ts";
import { clusterName } from "../support/names.ts";
import { succeeded } from "../support/run.ts";
import { errorSchema } from "../support/schemas.ts";
import { until } from "../support/until.ts";

describe("Ctrl-C in the middle of up", () => {
  const saysWhatIsLeft = async ([moment, sign]: readonly [string, string]) => {
    const name = clusterName(`interrupted-${moment}`);
    const args = ["up", "dledger", "--name", name, "--port-offset", "auto", "--no-build", "--json"];
    const up = startHotfire(args, { group: true });
    try {
      await until(`up reaches ${moment}`, async () => up.output().includes(sign), { everyMs: 5 });
      up.interrupt();
      const result = await up.finished;
      expect(result.code).toBe(130);
      const { error } = errorSchema.parse(jsonOf(result));
      expect(error.code).toBe("INTERRUPTED");
      expect(error.message).toContain(`"${name}"`);
      const left = await leftOf(name);
      if (left.length > 0) {
        expect(error.message).toMatch(/Left of the cluster .*: \d+ containers/);
        const [, command = ""] = /hotfire (down \S+?)[,.]? /.exec(`${error.hint} `) ?? [];
        succeeded(await hotfire(command.split(" ")));
        expect(await leftOf(name)).toEqual([]);
      } else {
        expect(error.message).toContain("Nothing");
      }
    } finally {
      await removeCluster(name);
    }
  };
  const claim = "during %s says what is left, and the command that it names removes it";
  it.for([["start", '"state":"started"']] as const)(claim, saysWhatIsLeft);
  it.for([
    ["create", '"step":"create"'],
    ["register", '"step":"register"'],
  ] as const)(claim, { tags: ["full"] }, saysWhatIsLeft);
});
