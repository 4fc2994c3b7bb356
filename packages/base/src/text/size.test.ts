import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatSize, parseSize } from "./size.ts";

describe("sizes", () => {
  it.each([
    ["1g", 1024 ** 3],
    ["512m", 512 * 1024 ** 2],
    ["1.5 GiB", 1.5 * 1024 ** 3],
    ["64k", 65_536],
    ["2048", 2048],
    [" 1 GB ", 1024 ** 3],
  ])("reads %j", (text, bytes) => {
    expect(parseSize(text)).toBe(bytes);
  });

  it.each(["", "g", "-1g", "1x", "1gg", "1e3m", "1,5g", "99999999999t"])("refuses %j", (text) => {
    expect(parseSize(text)).toBeUndefined();
  });

  it("reads back whatever it writes", () => {
    fc.assert(fc.property(fc.maxSafeNat(), (bytes) => parseSize(formatSize(bytes)) === bytes));
  });
});
