import { type ConfigFile, numberOf, settingOf } from "../files/config-file.ts";
import { pair } from "./example-files.ts";
import { atValue, rule } from "./rule.ts";

const seconds: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** `1s 5s 1m`: what ScheduleMessageService.parseDelayLevel makes of each, undefined where it fails. */
function levels(file: ConfigFile): { readonly text: string; readonly seconds: number | undefined }[] {
  const value = settingOf(file, "messageDelayLevel");
  if (value === undefined) return [];
  return value.split(" ").map((text) => {
    const [, count, unit = ""] = /^(\d{1,9})([smhd])$/.exec(text) ?? [];
    const factor = Object.hasOwn(seconds, unit) ? seconds[unit] : undefined;
    return {
      text,
      seconds: count === undefined || factor === undefined ? undefined : Number(count) * factor,
    };
  });
}

export const delayLevels = rule({
  code: "DELAY_LEVELS",
  severity: "error",
  title: "messageDelayLevel does not parse.",
  breaks: "One level that is no number with s, m, h or d behind it, and the broker does not start.",
  bad: pair("messageDelayLevel=1s,5s,10s"),
  good: pair("messageDelayLevel=1s 5s 10s"),
  *check({ brokers }) {
    for (const { file } of brokers) {
      const wrong = levels(file).find((level) => level.seconds === undefined);
      if (wrong === undefined) continue;
      const value = settingOf(file, "messageDelayLevel") ?? "";
      const repaired = value
        .split(/[,;\s]+/)
        .filter(Boolean)
        .join(" ");
      const isRepaired = /^\d+[smhd](?: \d+[smhd])*$/.test(repaired);
      const what =
        wrong.text === ""
          ? "two blanks in a row make an empty level"
          : `${JSON.stringify(wrong.text)} is no level`;
      yield atValue(
        file,
        "messageDelayLevel",
        what,
        "Write numbers with s, m, h or d, and one blank between them: 1s 5s 1m 1h.",
        isRepaired ? repaired : undefined,
      );
    }
  },
});

export const delayOutlivesRetention = rule({
  code: "DELAY_OUTLIVES_RETENTION",
  severity: "error",
  title: "A delay level is longer than messages are kept.",
  breaks:
    "A delayed message waits in the commit log like any other. Its file is deleted after fileReservedTime hours, and the message is never delivered.",
  bad: pair("messageDelayLevel=1s 1m 30d", "fileReservedTime=72"),
  good: pair("messageDelayLevel=1s 1m 1d", "fileReservedTime=72"),
  *check({ brokers }) {
    for (const { file } of brokers) {
      const hours = numberOf(file, "fileReservedTime");
      const long = levels(file).filter((level) => (level.seconds ?? 0) > hours * 3600);
      if (long.length === 0) continue;
      yield atValue(
        file,
        "messageDelayLevel",
        `${long.map(({ text }) => text).join(", ")}: longer than messages stay, ${hours} hours`,
        "Keep messages longer (fileReservedTime, in hours), or shorten the levels.",
      );
    }
  },
});
