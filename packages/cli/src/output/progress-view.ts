import type { EventListener } from "@hotfire/engine";
import type { Context } from "../context.ts";
import { plainLines } from "./plain-lines.ts";

export interface ProgressView {
  readonly onEvent: EventListener;
  /** Must be called however the operation ends: it gives the cursor back. */
  end(): void;
}

/**
 * Three ways to show one thing: drawn in place, plain lines, or a JSON object a line. Commands whose JSON is one
 * document keep their events to themselves.
 */
export async function showProgress(context: Context, json: "events" | "document"): Promise<ProgressView> {
  if (context.json) {
    return { onEvent: (event) => json === "events" && context.print(JSON.stringify(event)), end: () => {} };
  }
  if (!context.isLive) return { onEvent: plainLines(context.say), end: () => {} };
  const { LiveView } = await import("./live-view.ts");
  return new LiveView(process.stderr, context.sayStyle);
}
