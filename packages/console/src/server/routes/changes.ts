import type { EventData } from "../../api/index.ts";

type Changed = EventData<"changed">;

/** Tells viewers that a list is another one now. */
export class Changes {
  readonly #listeners = new Set<(changed: Changed) => void>();

  tell(what: Changed["what"]): void {
    for (const listener of this.#listeners) listener({ what, at: Date.now() });
  }

  /** Tells it once the work is done. */
  async after<T>(what: Changed["what"], work: Promise<T>): Promise<T> {
    const result = await work;
    this.tell(what);
    return result;
  }

  subscribe(listener: (changed: Changed) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }
}
