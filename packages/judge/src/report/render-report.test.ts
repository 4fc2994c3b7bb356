import { describe, expect, test } from "vitest";
import type { StoredRecord } from "../history/record.ts";
import { type Judged, judge } from "../judgement/judge.ts";
import { fault, history, range, readBack, send } from "../synthetic/build.ts";
import { asyncDiskLoss, dledgerLeaderKill } from "../synthetic/scenarios.ts";
import { parseLimits } from "../verdict/limits.ts";
import { predictDledgerSwitch } from "../verdict/prediction.ts";
import { renderReport } from "./render-report.ts";

function render({ result, series }: Judged): string {
  return renderReport(result, series);
}

const timers = {
  heartBeatTimeIntervalMs: 100,
  maxHeartBeatLeak: [4, 8],
  minVoteIntervalMs: 50,
  maxVoteIntervalMs: 150,
  voteDeadlineMs: 150,
} as const;

describe("the report", () => {
  test("says the verdict, what it cost, and against which limit", async () => {
    const page = render(await judge([asyncDiskLoss()], { limits: parseLimits("rto=2s") }));
    expect(page).toContain("✕ FAIL");
    expect(page).toContain("37 of 8,");
    expect(page).toContain(
      "After destroying the disk of broker-a:master (broker-a-0), writes to broker-a stopped for 11.3 s",
    );
    expect(page).toContain("37 lost</span>");
    expect(page).toContain("the first 20 of 37");
    expect(page).toContain("rebuilt from the store of broker-a-1");
    expect(page).toContain("sha256:5d0c1f2b");
  });

  test("shows each step of a switch beside its prediction", async () => {
    const page = render(await judge([dledgerLeaderKill()], { predictions: predictDledgerSwitch(timers) }));
    for (const text of ["522 ms", "726 ms", "namesrv-1", "300 ms to 900 ms", "4 to 8 missed beats"]) {
      expect(page).toContain(text);
    }
  });

  test("asks no network, is small, and is the same for the same input", async () => {
    const records = dledgerLeaderKill({ rate: 400 });
    const page = render(await judge([records]));
    expect(page).not.toMatch(/(src|href)=|https?:|url\(|@import/);
    expect(page.length).toBeLessThan(2_000_000);
    expect(page).toMatch(/[\d,]+ of [\d,]+ acknowledged shown/);
    expect(render(await judge([records])) === page).toBe(true);
  });

  test("nothing that came from outside becomes markup", async () => {
    const evil = `"><script>alert(1)</script><img src=x onerror=alert(2)>'\u202E`;
    const poison = (records: readonly StoredRecord[]): StoredRecord[] =>
      records.map((record) => {
        if (record.type === "header") {
          const cluster = { ...record.cluster, spec: { evil }, mode: evil };
          return {
            ...record,
            drill: evil,
            title: evil,
            command: evil,
            machine: evil,
            versions: { [evil]: evil },
            cluster,
          };
        }
        if (record.type === "send") return { ...record, error: evil, key: evil, group: evil, topic: evil };
        if (record.type === "read-back" || record.type === "read-back-done") {
          return { ...record, group: evil, topic: evil, node: evil };
        }
        if (record.type === "fault-injected") {
          return {
            ...record,
            kind: evil,
            target: evil,
            nodes: [evil],
            groups: [evil],
            proof: { how: evil, seen: evil },
          };
        }
        return record;
      });
    const sends = range(2000).map((sequence) =>
      send(sequence, sequence > 1000 && sequence < 1400 ? { outcome: "failed" } : {}),
    );
    const more: StoredRecord[] = [
      { type: "log", at: 5, node: evil, line: evil },
      { type: "phase", at: 5, name: evil },
      { type: "role", at: 5, group: evil, node: evil, role: "leader", source: evil, term: 1 },
      { type: "milestone", at: 1_200_000, group: evil, step: "elected", node: evil, source: evil },
    ];
    const records = poison(history(more, fault(1_000_500, 1_900_000), sends, readBack(range(1990))));
    const claim = { claim: evil, source: evil, rules: [] };
    const page = render(await judge([records], { expectation: claim }));
    const own = page.match(/<script>/g);
    expect(own).toHaveLength(1);
    expect(page).not.toContain("<img");
    expect(page).not.toContain("\u202E");
    expect(page).not.toMatch(/="[^"]*"><script/);
    expect(page).toContain("&lt;script&gt;alert(1)");
  });

  test("a run without faults, and one without anything, have reports too", async () => {
    const quiet = render(
      await judge([
        history(
          range(100).map((s) => send(s)),
          readBack(range(100)),
        ),
      ]),
    );
    expect(quiet).toContain("✓ PASS");
    const empty = render(await judge([history()]));
    expect(empty).toContain("? UNKNOWN");
    expect(empty).not.toContain("NaN");
    expect(quiet).not.toContain("Infinity");
  });
});
