import { execFileSync } from "node:child_process";
import { setPriority } from "node:os";

/**
 * Lets this process's threads run before all others, for precise sends beside a busy cluster; whether it was permitted.
 * A nice value does not do it: the kernel's autogroups and the containers' cgroups share the CPUs among groups first, and a
 * send was then up to 100 ms late. So it is the lowest real-time priority (needs root or CAP_SYS_NICE, and util-linux's
 * chrt); children start with the normal one.
 */
export function raisePriority(): boolean {
  if (chrt("--rr", "1")) return true;
  try {
    setPriority(-10);
    return true;
  } catch {
    return false;
  }
}

/** Back to the normal priority; before work that takes all of a CPU. */
export function lowerPriority(): void {
  chrt("--other", "0");
  try {
    setPriority(0);
  } catch {
    // Lowering is always permitted; where there are no priorities there was nothing to lower.
  }
}

function chrt(policy: "--rr" | "--other", priority: string): boolean {
  if (process.platform !== "linux") return false;
  const reset = policy === "--rr" ? ["--reset-on-fork"] : [];
  try {
    const args = ["--all-tasks", policy, ...reset, "--pid", priority, String(process.pid)];
    execFileSync("chrt", args, { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
