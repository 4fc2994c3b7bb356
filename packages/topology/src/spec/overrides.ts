import { SpecError } from "../errors/spec-error.ts";
import type { ClusterSpec } from "./cluster-spec.ts";
import { checkRules } from "./rules/check-rules.ts";

/** What a command line may change about a spec. Absent keys leave it as it is. */
export interface SpecOverrides {
  readonly name?: string;
  /** Added to every port on the host, instead of the spec's `ports.offset`. */
  readonly portOffset?: number;
  readonly proxy?: boolean;
  readonly advertise?: string;
  readonly bind?: string;
  /** Bytes. */
  readonly memory?: Partial<ClusterSpec["memory"]>;
}

/**
 * The spec with some of its keys replaced, checked again.
 * @throws SpecError SPEC_INVALID when the two do not go together, e.g. a port beyond 65535.
 */
export function withOverrides(spec: ClusterSpec, overrides: SpecOverrides): ClusterSpec {
  const proxy =
    overrides.proxy === undefined ? spec.proxy : overrides.proxy && (spec.proxy || { replicas: 1 });
  const { advertise, bind, name, portOffset } = overrides;
  const changed: ClusterSpec = {
    ...spec,
    ...(name === undefined ? {} : { name }),
    ...(bind === undefined ? {} : { bind }),
    ...(advertise === undefined ? {} : { advertise }),
    proxy,
    memory: { ...spec.memory, ...overrides.memory },
    ports: { ...spec.ports, offset: portOffset ?? spec.ports.offset },
  };
  const issues = checkRules(changed, {});
  if (issues.length > 0) throw new SpecError("SPEC_INVALID", "the spec with its options", issues);
  return changed;
}
