import type { PlanDiff } from "@hotfire/topology";
import { expect, test } from "vitest";
import { withoutSecrets } from "./diff.ts";

test("that a secret differs is said, and neither of the two", () => {
  const property = { what: "property", nodes: ["broker-a-0"], needs: "restart" } as const;
  const diff: PlanDiff = {
    needs: "restart",
    changes: [
      { ...property, key: "initAuthenticationUser", before: undefined, after: "p-5ecret" },
      { ...property, key: "fileReservedTime", before: "72", after: "48" },
    ],
  };
  const { changes } = withoutSecrets(diff);
  expect(JSON.stringify(changes)).not.toContain("5ecret");
  expect(changes).toMatchObject([
    { key: "initAuthenticationUser", before: undefined, after: "(secret)" },
    { key: "fileReservedTime", before: "72", after: "48" },
  ]);
});
