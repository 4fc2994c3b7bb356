import type { Availability, FaultAction, FaultOptions } from "./fault.ts";

/** Whether this machine and this cluster can have the fault, and if not, why. */
export async function faultAvailability(options: FaultOptions, action: FaultAction): Promise<Availability> {
  void options;
  void action;
  return { available: true };
}
