import type { BrokerRuntimeInfo } from "@hotfire/remoting";
import type { BrokerState } from "../../api/index.ts";

type Facts = Pick<
  BrokerState,
  | "version"
  | "bootedAt"
  | "tps"
  | "messagesToday"
  | "messagesYesterday"
  | "sick"
  | "direct"
  | "commitLog"
  | "store"
>;

/** Integer.MAX_VALUE is what a broker says without a transient store pool (DefaultMessageStore.remainTransientStoreBufferNumbs). */
const noPool = 2_147_483_647;

/** The part of a broker's own account that the console shows. Keys as BrokerRuntimeInfo of AdminBrokerProcessor.java. */
export function runtimeFacts(info: BrokerRuntimeInfo | undefined): Facts {
  const table = info?.table ?? new Map<string, string>();
  const number = (key: string): number | null => finite(table.get(key));
  const between = (later: string, earlier: string) =>
    Math.max(0, (number(later) ?? 0) - (number(earlier) ?? 0));
  const buffers = number("remainTransientStoreBufferNumbs");
  return {
    version: info?.version?.replace(/^V/, "").replaceAll("_", ".") ?? null,
    bootedAt: info?.bootTimestamp ?? null,
    tps: { in: newestRate(table.get("putTps")), out: newestRate(table.get("getTransferredTps")) },
    messagesToday: {
      in: between("msgPutTotalTodayNow", "msgPutTotalTodayMorning"),
      out: between("msgGetTotalTodayNow", "msgGetTotalTodayMorning"),
    },
    messagesYesterday: {
      in: between("msgPutTotalTodayMorning", "msgPutTotalYesterdayMorning"),
      out: between("msgGetTotalTodayMorning", "msgGetTotalYesterdayMorning"),
    },
    sick: info?.condition?.problem ?? null,
    direct: info?.condition?.direct ?? null,
    commitLog: {
      diskUse: number("commitLogDiskRatio"),
      directory: directoryOf(table),
      minOffset: info?.commitLogMinOffset ?? null,
      maxOffset: info?.commitLogMaxOffset ?? null,
      dispatchBehindBytes: info?.dispatchBehindBytes ?? null,
    },
    store: {
      pageCacheLockMs: number("pageCacheLockTimeMills"),
      sendQueueSize: number("sendThreadPoolQueueSize"),
      sendQueueHeadWaitMs: number("sendThreadPoolQueueHeadWaitTimeMills"),
      pullQueueSize: number("pullThreadPoolQueueSize"),
      pullQueueHeadWaitMs: number("pullThreadPoolQueueHeadWaitTimeMills"),
      remainTransientStoreBuffers: buffers === noPool ? null : buffers,
    },
  };
}

/** The first of three rates, over 10 s, 1 and 10 minutes; a broker that has just started says nothing. */
function newestRate(rates: string | undefined): number {
  return finite(rates?.trim().split(/\s+/)[0]) ?? 0;
}

function finite(text: string | undefined): number | null {
  if (text === undefined || text.trim() === "") return null;
  const value = Number(text);
  return Number.isFinite(value) ? value : null;
}

function directoryOf(table: ReadonlyMap<string, string>): string | null {
  const prefix = "commitLogDiskRatio_";
  const key = [...table.keys()].find((name) => name.startsWith(prefix));
  return key?.slice(prefix.length) ?? null;
}
