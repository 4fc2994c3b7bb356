const phrases: Readonly<Record<string, string>> = {
  kill: "killing",
  stop: "stopping",
  restart: "restarting",
  switchover: "switching over from",
  pause: "pausing",
  cut: "cutting off",
  loss: "packet loss at",
  throttle: "throttling",
  delay: "delay at",
  "disk-destroyed": "destroying the disk of",
  "disk-full": "filling the disk of",
  "clock-step": "stepping the clock of",
  "cpu-squeeze": "squeezing the CPU of",
};

/** `killing broker-a:leader (broker-a-0)`; a kind that has no phrase is named as it is. */
export function faultPhrase(fault: { kind: string; target: string; nodes: readonly string[] }): string {
  const nodes = fault.nodes.filter((node) => node !== fault.target);
  const who = nodes.length === 0 ? fault.target : `${fault.target} (${nodes.join(", ")})`;
  return `${phrases[fault.kind] ?? `${fault.kind} on`} ${who}`;
}
