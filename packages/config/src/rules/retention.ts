import { settingOf } from "../files/config-file.ts";
import { pair } from "./example-files.ts";
import { atValue, rule } from "./rule.ts";

export const deleteWhen = rule({
  code: "DELETE_WHEN",
  severity: "error",
  title: "deleteWhen is not an hour of the day.",
  breaks:
    "It is an hour from 00 to 23, or several with semicolons between them. Anything else never comes: old files stay until the disk is nearly full, and then go at any time of day.",
  bad: pair("deleteWhen=04:00"),
  good: pair("deleteWhen=04;16"),
  *check({ brokers }) {
    for (const { file } of brokers) {
      const value = settingOf(file, "deleteWhen");
      const wrong = value?.split(";").find((hour) => !/^\d{1,2}$/.test(hour) || Number(hour) > 23);
      if (wrong !== undefined)
        yield atValue(
          file,
          "deleteWhen",
          `${JSON.stringify(wrong)} is no hour from 00 to 23`,
          "Write an hour, e.g. deleteWhen=04.",
        );
    }
  },
});

export const retentionShort = rule({
  code: "RETENTION_SHORT",
  severity: "warning",
  title: "Messages are deleted before a consumer that was down for a day can read them.",
  breaks:
    "fileReservedTime counts hours, not days: with 3, a consumer that was down over night misses messages for good.",
  bad: pair("fileReservedTime=3"),
  good: pair("fileReservedTime=72"),
  *check({ brokers }) {
    for (const { file } of brokers) {
      const value = settingOf(file, "fileReservedTime");
      if (value === undefined || !/^\d{1,9}$/.test(value) || Number(value) >= 24) continue;
      yield atValue(
        file,
        "fileReservedTime",
        `messages stay for ${value} hours`,
        `Write hours: ${Math.max(1, Number(value)) * 24} for ${Math.max(1, Number(value))} days.`,
      );
    }
  },
});
