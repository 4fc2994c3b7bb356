import { expect, test } from "vitest";
import { FakeCluster } from "../testing/fake-cluster.ts";
import { CountedClient } from "./counted-client.ts";

test("counts for a day and remembers seconds, not requests, whether anybody looks at the figure or not", async () => {
  let now = 0;
  const fake = new FakeCluster().answer("a:1", 1, {});
  const counted = new CountedClient(fake.client, () => now);
  for (let hour = 0; hour < 24; hour += 1) {
    for (let request = 0; request < 4000; request += 1) {
      now += 900;
      await counted.client.request("a:1", { code: 1 });
    }
    fake.asked.length = 0;
    expect(counted.remembered).toBeLessThanOrEqual(12);
  }
  expect(counted.load().requests).toBe(96_000);
  expect(counted.load().perSecond).toBeCloseTo(1.1, 1);
});
