import type { EngineEvent, EventListener } from "@hotfire/engine";
import { formatSeconds } from "./format.ts";
import { clip, harmless } from "./style.ts";

const repeatMs = 1000;
/** A build step is a whole shell script. */
const longest = 120;
const longSteps = new Set(["base-image", "images"]);

/** One line an event that says something new, for logs: no colours, nothing drawn over. */
export function plainLines(write: (line: string) => void): EventListener {
  let lastAt = Number.NEGATIVE_INFINITY;
  return (event) => {
    if (event.type === "step-progress") {
      if (event.atMs - lastAt < repeatMs) return;
      lastAt = event.atMs;
    }
    const line = plainLine(event);
    if (line !== undefined) write(line);
  };
}

export function plainLine(event: EngineEvent): string | undefined {
  const at = formatSeconds(event.atMs).padStart(8);
  switch (event.type) {
    case "step-started":
      return longSteps.has(event.step) ? `${at}  ${event.title} …` : undefined;
    case "step-progress": {
      const count = event.total === undefined ? "" : ` ${event.done}/${event.total}`;
      return `${at}  ${event.step}${count}: ${clip(harmless(event.message), longest)}`;
    }
    case "step-finished": {
      const label = event.outcome === "failed" ? `${event.step} failed` : event.step;
      return `${at}  ${label}: ${harmless(event.summary)} (${formatSeconds(event.tookMs)})`;
    }
    case "node":
      return undefined;
    case "note":
      return `${at}  ${event.level}: ${event.message}${event.hint === undefined ? "" : ` ${event.hint}`}`;
  }
}
