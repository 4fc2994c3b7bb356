import { numberOf } from "../files/config-file.ts";
import { largestDledgerMessage } from "../keys/dledger-message-size.ts";
import { trio } from "./example-files.ts";
import { atKey, rule } from "./rule.ts";

export const dledgerMessageSize = rule({
  code: "DLEDGER_MESSAGE_SIZE",
  severity: "error",
  title: "maxMessageSize is above what DLedger can replicate.",
  breaks:
    "An entry travels to the followers in base64, in a frame of 16 MiB at most. A message above 11 MiB is in the leader's log and on no follower: nothing behind it is ever committed.",
  bad: trio({ maxMessageSize: "16777216" }),
  good: trio({ maxMessageSize: "8388608" }),
  *check({ brokers }) {
    for (const { file, mode } of brokers) {
      const entry = file.byKey.get("maxMessageSize");
      if (
        mode === "dledger" &&
        entry !== undefined &&
        numberOf(file, "maxMessageSize") > largestDledgerMessage
      )
        yield atKey(
          file,
          entry,
          `maxMessageSize is ${entry.value}, and DLedger replicates no message above 11 MiB`,
          `Write ${largestDledgerMessage} or less, or use controller mode.`,
        );
    }
  },
});
