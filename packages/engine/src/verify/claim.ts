export type ClaimResult = "pass" | "fail" | "unknown";

/** One thing that a cluster promises, and what was seen. */
export interface Claim {
  /** Stable, for programs: `registration`, `round-trip-host`, … */
  readonly id: string;
  /** Broker group, where the claim is about one. */
  readonly group?: string;
  readonly claim: string;
  readonly result: ClaimResult;
  /** One finding a line. */
  readonly evidence: readonly string[];
}

export interface Verification {
  readonly cluster: string;
  /** `fail` if any claim failed, else `unknown` if any is, else `pass`. */
  readonly verdict: ClaimResult;
  readonly claims: readonly Claim[];
  readonly tookMs: number;
}

export function verdictOf(claims: readonly Claim[]): ClaimResult {
  if (claims.some(({ result }) => result === "fail")) return "fail";
  return claims.length === 0 || claims.some(({ result }) => result === "unknown") ? "unknown" : "pass";
}
