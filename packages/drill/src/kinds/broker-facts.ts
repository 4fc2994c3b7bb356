import { setTimeout as sleep } from "node:timers/promises";
import { brokerConfig } from "@hotfire/remoting";
import { DrillError } from "../errors/drill-error.ts";
import type { Post } from "./post.ts";

/** What a broker's configuration says about the kinds; all of a cluster are alike. Times are milliseconds, sizes bytes. */
export interface BrokerFacts {
  /** Level 1 first. */
  readonly delayLevels: readonly number[];
  readonly maxMessageSize: number;
  readonly transactionTimeout: number;
  readonly transactionCheckInterval: number;
}

const deadlineMs = 2000;
const withinMs = 20_000;
const units: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Asks the master of a group until it answers. @throws DrillError DRILL_NOT_APPLICABLE when it does not, or says nothing of them. */
export async function askBrokerFacts(post: Post, group: string): Promise<BrokerFacts> {
  const until = performance.now() + withinMs;
  for (;;) {
    const { result, told } = await post.ask(group, (client, address) =>
      brokerConfig(client, address, { deadlineMs }),
    );
    if (result !== undefined) return readFacts(result.properties);
    if (performance.now() > until)
      throw new DrillError(
        "DRILL_NOT_APPLICABLE",
        `The configuration of ${group} cannot be read: ${told.error}.`,
      );
    await sleep(200);
  }
}

export function readFacts(properties: ReadonlyMap<string, string>): BrokerFacts {
  const number = (name: string) => {
    const value = Number(properties.get(name));
    if (Number.isSafeInteger(value) && value > 0) return value;
    throw new DrillError(
      "DRILL_NOT_APPLICABLE",
      `The broker's ${name} is ${properties.get(name) ?? "not told"}.`,
    );
  };
  return {
    delayLevels: parseDelayLevels(properties.get("messageDelayLevel") ?? ""),
    maxMessageSize: number("maxMessageSize"),
    transactionTimeout: number("transactionTimeOut"),
    transactionCheckInterval: number("transactionCheckInterval"),
  };
}

/** `1s 5s 10s 1m` in milliseconds (ScheduleMessageService.parseDelayLevel). */
function parseDelayLevels(text: string): number[] {
  return text
    .trim()
    .split(/\s+/)
    .map((level) => {
      const match = /^(\d+)([smhd])$/.exec(level);
      const unit = units[match?.[2] ?? ""];
      if (match?.[1] === undefined || unit === undefined)
        throw new DrillError("DRILL_NOT_APPLICABLE", `The broker's messageDelayLevel is "${text}".`);
      return Number(match[1]) * unit;
    });
}
