import type { FailoverProfile } from "@hotfire/topology";
import { round, spread } from "../statistics.ts";
import type { MeasuredFault } from "./rounds.ts";

export interface Measurement extends MeasuredFault {
  readonly profile: FailoverProfile;
}

export const inSeconds = (ms: number): string => `${round(ms / 1000, 2).toFixed(2)} s`;

/** A row for each fault and profile: median, p95, worst, and how many times shorter than stock's median. */
export function renderFailover(measured: readonly Measurement[]): string {
  const rows = [
    "| fault | profile | faults | median | p95 | worst | stock / this |",
    "|---|---|--:|--:|--:|--:|--:|",
  ];
  for (const [fault, all] of Map.groupBy(measured, (one) => one.fault)) {
    const stock = gaps(all.filter(({ profile }) => profile === "stock"));
    for (const [profile, ones] of Map.groupBy(all, (one) => one.profile)) {
      const values = gaps(ones);
      if (values.length === 0) continue;
      const { median, p95, max } = spread(values);
      const ratio = stock.length === 0 ? "" : round(spread(stock).median / median, 1).toFixed(1);
      const never = ones.length - values.length;
      const count = never === 0 ? String(ones.length) : `${ones.length} (${never} never came back)`;
      rows.push(
        `| ${fault} | ${profile} | ${count} | ${inSeconds(median)} | ${inSeconds(p95)} | ${inSeconds(max)} | ${ratio} |`,
      );
    }
  }
  return rows.join("\n");
}

function gaps(measured: readonly Measurement[]): number[] {
  return measured.flatMap(({ gapMs }) => gapMs ?? []);
}
