import type { Accounting } from "../checkers/accounting.ts";
import type { ActivityFindings } from "../checkers/activity.ts";
import type { AvailabilityFindings } from "../checkers/availability.ts";
import type { Fault } from "../checkers/faults.ts";
import type { KindFindings } from "../checkers/kinds/kind-findings.ts";
import type { OrderFindings } from "../checkers/order.ts";
import type { ReplicaFindings } from "../checkers/replicas.ts";
import type { RoleFindings } from "../checkers/roles.ts";
import type { MeasuredStep } from "../checkers/switch-steps.ts";
import type { Throughput } from "../checkers/throughput.ts";
import type { EvidenceName } from "../history/expectation.ts";
import type { EndRecord } from "../history/run-records.ts";

/** Everything that the checkers say about one history. */
export interface Findings {
  readonly faults: readonly Fault[];
  readonly availability: AvailabilityFindings;
  readonly accounting: Accounting;
  /** Queues that were read back from the replica that clients read. */
  readonly queuesReadBack: number;
  readonly order: OrderFindings;
  readonly replicas: ReplicaFindings;
  readonly roles: RoleFindings;
  readonly steps: readonly MeasuredStep[];
  readonly activity: ActivityFindings;
  /** In the order of the cluster's groups; empty when the drill had no bursts. */
  readonly bursts: readonly Throughput[];
  readonly end: EndRecord | undefined;
  /** Bytes of a torn last line. */
  readonly tornBytes: number | undefined;
  /** Records before the end record, against what the end record says. */
  readonly records: number;
  /** Records are missing: what is not there may have been. */
  readonly hasHole: boolean;
  /** Whether the consumers were seen to have everything; undefined where the history does not tell. */
  readonly drained: boolean | undefined;
  /** Groups of the cluster. */
  readonly groups: readonly string[];
  /** The kinds of the load besides the plain one; empty where there were none. */
  readonly kinds: readonly KindFindings[];
  /** What the run does not show, in words; an empty list where it does. */
  readonly evidence: Readonly<Record<EvidenceName, readonly string[]>>;
}
