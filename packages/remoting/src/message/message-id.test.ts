import fc from "fast-check";
import { expect, test } from "vitest";
import { thrownBy } from "../testing/failure.ts";
import { formatIp, parseIp } from "./ip-address.ts";
import { decodeMessageId, encodeMessageId } from "./message-id.ts";
import { createUniqueIds, decodeUniqueId } from "./unique-id.ts";

const port = fc.nat({ max: 65_535 });

test("an offset message id names a broker and a place, in IPv4 and IPv6", () => {
  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), port, fc.maxSafeNat(), (host, port, commitLogOffset) => {
      const id = encodeMessageId({ host, port, commitLogOffset });
      const decoded = decodeMessageId(id);
      expect(decoded).toMatchObject({ port, commitLogOffset });
      expect(parseIp(decoded.host)).toEqual(parseIp(host));
      expect(encodeMessageId(decoded)).toBe(id);
      expect(decodeMessageId(id.toLowerCase())).toEqual(decoded);
    }),
  );
});

test("IPv6 addresses are read in every notation", () => {
  expect(formatIp(parseIp("::1") ?? Buffer.alloc(16))).toBe("0:0:0:0:0:0:0:1");
  expect(formatIp(parseIp("fd00::2:4c") ?? Buffer.alloc(16))).toBe("fd00:0:0:0:0:0:2:4c");
  expect(formatIp(parseIp("::ffff:10.1.2.3") ?? Buffer.alloc(16))).toBe("0:0:0:0:0:ffff:a01:203");
  expect(parseIp("localhost")).toBeUndefined();
});

test("the id a real broker gave is read as it meant it", () => {
  expect(decodeMessageId("7F000001000051AF00000000000001C3")).toEqual({
    host: "127.0.0.1",
    port: 20_911,
    address: "127.0.0.1:20911",
    commitLogOffset: 451,
  });
});

test.each(["", "7F", "zz000001000051AF00000000000001C3", "7F000001000151AF00000000000001C3"])(
  "%j is no offset message id",
  (id) => {
    expect(thrownBy(() => decodeMessageId(id)).code).toBe("MESSAGE_ID_INVALID");
  },
);

test("a host name cannot be in an id", () => {
  expect(thrownBy(() => encodeMessageId({ host: "broker-a-0", port: 1, commitLogOffset: 0 })).code).toBe(
    "MESSAGE_ID_INVALID",
  );
});

test("unique ids are unique, and tell who made them and when", () => {
  let time = new Date(2026, 0, 31, 23, 59, 59, 999).getTime();
  const next = createUniqueIds(() => time);
  const first = next();
  expect(decodeUniqueId(first)).toMatchObject({ processId: process.pid & 0xffff, counter: 0 });
  expect(decodeUniqueId(first).monthMs).toBe(time - new Date(2026, 0, 1).getTime());
  time += 1;
  expect(decodeUniqueId(next())).toMatchObject({ monthMs: 0, counter: 1 });
  expect(new Set(Array.from({ length: 1000 }, next)).size).toBe(1000);
  expect(thrownBy(() => decodeUniqueId("nonsense")).code).toBe("MESSAGE_ID_INVALID");
});
