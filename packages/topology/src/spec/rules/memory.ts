import { formatSize } from "@hotfire/base";
import type { Rule } from "./check-rules.ts";

const mebibyte = 1024 ** 2;

/** The least that a node of each kind starts with, as docker/runtime/memory.sh has it, and the reason a person is given. */
export const leastMemory = {
  namesrv: {
    bytes: 160 * mebibyte,
    reason: "a name server at rest takes about 130 MiB, most of it the JVM's own",
  },
  controller: { bytes: 256 * mebibyte, reason: "a controller at rest takes about 200 MiB" },
  broker: {
    bytes: 512 * mebibyte,
    reason: "a broker at rest takes about 350 MiB, and its direct buffers come on top",
  },
  proxy: { bytes: 320 * mebibyte, reason: "a proxy at rest takes about 200 MiB" },
  console: { bytes: 128 * mebibyte, reason: "a console at rest takes about 80 MiB" },
} as const;

/** More than this is a slip: bytes for megabytes. */
const mostMemory = 1024 ** 4 * 4;

/** RocketMQ looks at the disk every 10 s and refuses at 90 %: the last tenth must hold what comes until then. */
const leastStore = 1024 * mebibyte;

export const memoryRule: Rule = function* (spec) {
  for (const kind of ["namesrv", "controller", "broker", "proxy", "console"] as const) {
    const bytes = spec.memory[kind];
    const least = leastMemory[kind];
    if (bytes < least.bytes) {
      yield {
        code: "MEMORY",
        path: ["memory", kind],
        message: `${formatSize(bytes)} is too little: ${least.reason}`,
        hint: `Use ${formatSize(least.bytes)} or more.${bytes < 65_536 ? " Sizes without a unit are bytes." : ""}`,
      };
    } else if (bytes > mostMemory) {
      yield {
        code: "MEMORY",
        path: ["memory", kind],
        message: `${formatSize(bytes)} is more than any machine has`,
        hint: "Sizes are written as 1g or 512m.",
      };
    }
  }
  const { storeLimit } = spec;
  if (storeLimit !== undefined && (storeLimit < leastStore || storeLimit > mostMemory)) {
    yield {
      code: "MEMORY",
      path: ["storeLimit"],
      message: `${formatSize(storeLimit)} is no size for a store: a broker writes on for up to 10 s before it notices a full disk`,
      hint: `Use ${formatSize(leastStore)} or more.${storeLimit < 65_536 ? " Sizes without a unit are bytes." : ""}`,
    };
  }
};
