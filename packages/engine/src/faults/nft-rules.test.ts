import { describe, expect, it } from "vitest";
import type { AddressSet } from "./addresses.ts";
import { datagrams } from "./network-proof.ts";
import { burstBytes, nftTable, tableName } from "./nft-rules.ts";

const peers: AddressSet = { set: "peers", not: false, addresses: ["10.0.0.2", "10.0.0.3"], tries: [] };
const clients: AddressSet = { set: "clients", not: true, addresses: ["10.0.0.1", "10.0.0.2"], tries: [] };

describe("the rules of a network fault", () => {
  it("cut in both directions, and leave the loopback device alone", () => {
    const text = nftTable("hotfire_f", { kind: "cut", from: ["peers"], direction: "both" }, [peers]);
    expect(text).toBe(`table inet hotfire_f {
  chain in {
    counter drop
  }
  chain input {
    type filter hook input priority -150; policy accept;
    iif "lo" accept
    ip saddr { 10.0.0.2, 10.0.0.3 } jump in
  }
  chain out {
    counter drop
  }
  chain output {
    type filter hook output priority -150; policy accept;
    oif "lo" accept
    ip daddr { 10.0.0.2, 10.0.0.3 } jump out
  }
}`);
  });

  it("cut one direction only when asked to", () => {
    const inward = nftTable("hotfire_f", { kind: "cut", from: ["peers"], direction: "in" }, [peers]);
    expect(inward).toContain("saddr");
    expect(inward).not.toContain("daddr");
  });

  it("take everybody but the cluster's nodes for clients", () => {
    const text = nftTable("hotfire_f", { kind: "cut", from: ["clients"], direction: "out" }, [clients]);
    expect(text).toContain("ip daddr != { 10.0.0.1, 10.0.0.2 } jump out");
  });

  it("share one limit between all sets", () => {
    const action = { kind: "throttle", from: ["peers", "clients"], bytesPerSecond: 5000 } as const;
    const text = nftTable("hotfire_f", action, [peers, clients]);
    expect(text.match(/limit rate over 5000 bytes\/second burst 131072 bytes counter drop/g)).toHaveLength(1);
    expect(text.match(/jump out/g)).toHaveLength(2);
  });

  it("lose a share of the packets, in hundredths of a percent", () => {
    const text = nftTable("hotfire_f", { kind: "loss", from: ["peers"], percent: 2.5 }, [peers]);
    expect(text.match(/numgen random mod 10000 < 250 counter drop/g)).toHaveLength(2);
  });

  it("have no rule for a set that nobody is in", () => {
    const nobody = { ...peers, addresses: [] };
    expect(nftTable("hotfire_f", { kind: "loss", from: ["peers"], percent: 1 }, [nobody])).not.toContain(
      "{ }",
    );
  });

  it("stand in a table of the fault's own", () => {
    expect(tableName("cut-1")).toBe("hotfire_cut_1");
  });
});

describe("the datagrams that prove a fault", () => {
  it("are so many that at least one is lost", () => {
    for (const percent of [1, 2.5, 30, 100]) {
      const count = datagrams({ kind: "loss", from: ["peers"], percent });
      expect((1 - Math.min(percent, 99) / 100) ** count).toBeLessThanOrEqual(1e-4);
    }
  });

  it("exceed what a slow link lets through at once", () => {
    for (const bytesPerSecond of [1000, 10_000_000]) {
      const count = datagrams({ kind: "throttle", from: ["peers"], bytesPerSecond });
      expect(count * 1400).toBeGreaterThan(burstBytes(bytesPerSecond));
    }
  });
});
