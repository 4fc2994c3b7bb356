import type { ActiveFault, FaultOptions, FaultRequest, PreparedFault } from "./fault.ts";

/**
 * Does everything that takes time before the fault: image, availability, helpers. Throws FAULT_UNAVAILABLE when this
 * machine or this cluster cannot have the fault.
 */
export async function prepareFault(options: FaultOptions, request: FaultRequest): Promise<PreparedFault> {
  void options;
  void request;
  throw new Error("not there yet");
}

/**
 * Breaks something, and proves that it is broken. Throws FAULT_NO_TARGET when nobody fits the target,
 * FAULT_UNAVAILABLE, and FAULT_NOT_IN_FORCE (what was done is undone by then).
 */
export async function injectFault(options: FaultOptions, request: FaultRequest): Promise<ActiveFault> {
  const prepared = await prepareFault(options, request);
  return prepared.inject();
}
