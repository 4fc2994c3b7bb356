/** Steps of long operations, in the order in which they can occur. */
export type StepName =
  | "check"
  | "base-image"
  | "images"
  | "create"
  | "start"
  | "register"
  | "round-trip"
  | "proxy"
  | "stop"
  | "remove"
  | "node"
  | "restart"
  | "collect";

export type StepOutcome = "done" | "skipped" | "failed";

interface EventBase {
  /** Milliseconds since the operation began, by a monotonic clock. */
  readonly atMs: number;
}

/** What an operation reports while it runs. Every started step is finished exactly once. */
export type EngineEvent =
  | (EventBase & { readonly type: "step-started"; readonly step: StepName; readonly title: string })
  | (EventBase & {
      readonly type: "step-progress";
      readonly step: StepName;
      readonly message: string;
      /** Share done, when it can be counted. */
      readonly done?: number;
      readonly total?: number;
    })
  | (EventBase & {
      readonly type: "step-finished";
      readonly step: StepName;
      readonly outcome: StepOutcome;
      readonly summary: string;
      readonly tookMs: number;
    })
  | (EventBase & { readonly type: "node"; readonly node: string; readonly state: string })
  | (EventBase & {
      readonly type: "note";
      readonly level: "info" | "warning";
      readonly message: string;
      readonly code?: string;
      readonly hint?: string;
    });

export type EventListener = (event: EngineEvent) => void;
