import fc from "fast-check";
import { expect, test } from "vitest";
import { thrownBy } from "../testing/failure.ts";
import { formatProperties, parseProperties } from "./java-properties.ts";

test("what a server printed is read by key", () => {
  const text = "brokerName=broker-a\nnamesrvAddr=a:9876;b:9876\nemptyKey=\n#comment=1\nexpr=a=b\n";
  expect([...parseProperties(text)]).toEqual([
    ["brokerName", "broker-a"],
    ["namesrvAddr", "a:9876;b:9876"],
    ["emptyKey", ""],
    ["expr", "a=b"],
  ]);
});

test("what is written is read back, unless it has backslashes or blanks at its ends", () => {
  const value = fc.string().filter((text) => !/[\r\n\\]/.test(text) && text === text.trim());
  fc.assert(
    fc.property(fc.dictionary(fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9]{0,12}$/), value), (properties) => {
      expect(Object.fromEntries(parseProperties(formatProperties(properties)))).toEqual({ ...properties });
    }),
  );
});

test("a line break cannot smuggle in another key", () => {
  expect(thrownBy(() => formatProperties({ brokerName: "a\nbrokerId=0" })).code).toBe("ARGUMENT_INVALID");
  expect(thrownBy(() => formatProperties({ "a=b": "c" })).code).toBe("ARGUMENT_INVALID");
});
