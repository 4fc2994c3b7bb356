export type FindingResult = "pass" | "warn" | "fail";

/** One thing that was looked at. */
export interface Finding {
  /** Stable, for programs: `engine`, `compose`, `memory`, … */
  readonly id: string;
  readonly title: string;
  readonly result: FindingResult;
  readonly found: string;
  /** What to do about it; absent on a pass. */
  readonly fix?: string;
}

export interface Diagnosis {
  /** The worst of the findings. */
  readonly result: FindingResult;
  readonly findings: readonly Finding[];
  readonly tookMs: number;
}

export function worst(findings: readonly Finding[]): FindingResult {
  if (findings.some(({ result }) => result === "fail")) return "fail";
  return findings.some(({ result }) => result === "warn") ? "warn" : "pass";
}
