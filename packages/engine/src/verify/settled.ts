import { setTimeout as sleep } from "node:timers/promises";
import type { Claim } from "./claim.ts";

const settleMs = 3000;
const pollMs = 50;

/** Claims that pass a moment later are no fault: judged `again` until they all pass, for 3 s at most. */
export async function settled(
  first: readonly Claim[],
  again: () => Promise<readonly Claim[]>,
): Promise<readonly Claim[]> {
  const until = performance.now() + settleMs;
  let claims = first;
  while (claims.some(({ result }) => result !== "pass") && performance.now() <= until) {
    await sleep(pollMs);
    claims = await again();
  }
  return claims;
}
