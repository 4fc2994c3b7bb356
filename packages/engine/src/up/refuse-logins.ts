import type { ClusterPlan } from "@hotfire/topology";
import { EngineError } from "../errors/engine-error.ts";

const switches = ["authenticationEnabled", "authorizationEnabled"] as const;

/** Brokers that ask for a login would refuse the messages by which a cluster is known to be ready: said at once, and not after a wait. */
export function refuseLogins(plan: ClusterPlan): void {
  const asking = plan.nodes.flatMap(({ name, properties }) =>
    switches.filter((key) => properties[key]?.toLowerCase() === "true").map((key) => ({ name, key })),
  );
  const [first] = asking;
  if (first === undefined) return;
  const nodes = [...new Set(asking.map(({ name }) => name))];
  throw new EngineError(
    "LOGIN_UNSUPPORTED",
    `${first.key} is on at ${nodes.join(", ")}, and hotfire cannot log in to brokers yet: it could not tell when they are ready.`,
    {
      hint: `Leave out ${[...new Set(asking.map(({ key }) => key))].join(" and ")}, or run hotfire render and start the file with docker compose.`,
    },
  );
}
