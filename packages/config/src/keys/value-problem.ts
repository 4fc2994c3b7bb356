import type { ConfigKey } from "./key-table.ts";

const wholeNumber = /^[+-]?\d+$/;
const limits = { int: [-(2n ** 31n), 2n ** 31n - 1n], long: [-(2n ** 63n), 2n ** 63n - 1n] } as const;
const decimal = /^[+-]?(?:NaN|Infinity|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?[fFdD]?)$/;

/** Why RocketMQ would not take a value for a key, as a phrase after "is"; undefined if it does. */
export function valueProblem(key: ConfigKey, value: string): string | undefined {
  switch (key.type) {
    case "String":
      return undefined;
    case "boolean":
      // Boolean.parseBoolean takes everything that is not "true" for false.
      return /^(?:true|false)$/i.test(value)
        ? undefined
        : "neither true nor false, and RocketMQ reads it as false";
    case "enum":
      return key.values?.includes(value) === true ? undefined : `none of ${(key.values ?? []).join(", ")}`;
    case "double":
    case "float":
      return decimal.test(value) ? undefined : "not a number";
    case "int":
    case "long": {
      if (!wholeNumber.test(value)) return "not a whole number";
      const [least, most] = limits[key.type];
      const number = value.length > 40 ? most + 1n : BigInt(value.replace(/^\+/, ""));
      return number < least || number > most ? `too large for Java's ${key.type}` : undefined;
    }
  }
}
