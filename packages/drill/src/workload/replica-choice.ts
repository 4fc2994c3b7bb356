import type { GroupRoute } from "./route-views.ts";

/** A replica that failed is passed over for so long, if there is another one. */
const avoidMs = 500;

interface Suspect {
  until: number;
  isProbed: boolean;
}

/**
 * From which replica of a group to read: the master, or while that fails or is not registered another one, as the Java
 * client does (MQClientInstance.findBrokerAddressInSubscribe), and the master again as soon as it answers. Only one pull
 * at a time tries a replica that failed: a hung master holds up one queue, not all.
 */
export class ReplicaChoice {
  readonly #suspects = new Map<string, Suspect>();

  choose(route: GroupRoute, now: number): string | undefined {
    const candidates = route.master === undefined ? route.replicas : [route.master, ...route.replicas];
    for (const address of candidates) {
      const suspect = this.#suspects.get(address);
      if (suspect === undefined) return address;
      if (suspect.isProbed || now < suspect.until) continue;
      suspect.isProbed = true;
      return address;
    }
    return candidates[0];
  }

  answered(address: string): void {
    this.#suspects.delete(address);
  }

  failed(address: string, now: number): void {
    this.#suspects.set(address, { until: now + avoidMs, isProbed: false });
  }
}
