import type { EngineEvent } from "@hotfire/engine";

/** What a rolling restart was doing, and from when on. */
export class Deeds {
  readonly #deeds: { from: number; what: string }[] = [];

  readonly see = (event: EngineEvent): void => {
    if (event.type === "step-started") this.#began(`stop: ${event.title}`);
    if (event.type === "node") this.#began(`start of ${event.node}`);
    if (event.type === "step-finished") this.#began("hand-over");
  };

  /** In the order in which they were done. */
  between(from: number, to: number): string {
    const last = this.#deeds.findLastIndex((deed) => deed.from <= from);
    const during = this.#deeds.filter((deed, index) => index >= last && deed.from < to);
    return during.map(({ what }) => what).join(", ") || "before";
  }

  #began(what: string): void {
    this.#deeds.push({ from: performance.now(), what });
  }
}
