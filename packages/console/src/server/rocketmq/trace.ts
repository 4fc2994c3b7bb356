import { queryMessages } from "@hotfire/remoting";
import type { MessageTrace } from "../../api/index.ts";
import type { ClusterAccess } from "./access.ts";

type Step = MessageTrace["steps"][number];

const defaultTraceTopic = "RMQ_SYS_TRACE_TOPIC";
/** TraceConstants.CONTENT_SPLITOR and FIELD_SPLITOR. */
const betweenValues = "\u0001";
const betweenRecords = "\u0002";

/** What traced clients wrote about a message, oldest first. */
export async function messageTrace(access: ClusterAccess, messageId: string): Promise<MessageTrace> {
  const configured = access.watch.brokers.map(({ config }) => config?.get("msgTraceTopicName"));
  const traceTopic = configured.find((name) => name !== undefined && name !== "") ?? defaultTraceTopic;
  const query = { topic: traceTopic, key: messageId, maxMessages: 64 };
  const { answers } = await access.askGroups(({ address }) =>
    queryMessages(access.remoting, address, query, access.options),
  );
  const texts = answers.flatMap(({ value }) => value.map(({ body }) => body.toString("utf8")));
  const steps = texts.flatMap((text) => parseTrace(text, messageId));
  return { traceTopic, steps: steps.sort((a, b) => a.at - b.at) };
}

/** The records about one message; the order of their values is TraceDataEncoder.java's. */
export function parseTrace(text: string, messageId: string): Step[] {
  const requests = new Map<string, string>();
  return text.split(betweenRecords).flatMap((record): Step[] => {
    const values = record.split(betweenValues);
    switch (values[0]) {
      case "Pub":
        if (values[5] !== messageId) return [];
        return [
          {
            ...blank,
            kind: "send",
            at: integer(values[1]) ?? 0,
            client: values[3] ?? "",
            clientHost: values[14] || null,
            tookMs: integer(values[10]),
            // Before 4.3 records had no offset id.
            ok: bool(values.length === 13 ? values[12] : values[13]),
          },
        ];
      case "SubBefore":
        requests.set(values[4] ?? "", values[3] ?? "");
        if (values[5] !== messageId) return [];
        return [
          {
            ...blank,
            kind: "consume-begin",
            at: integer(values[1]) ?? 0,
            client: values[3] ?? "",
            retryTimes: integer(values[6]),
          },
        ];
      case "SubAfter":
        if (values[2] !== messageId) return [];
        return [
          {
            ...blank,
            kind: "consume-end",
            at: integer(values[7]) ?? 0,
            client: values[8] ?? requests.get(values[1] ?? "") ?? "",
            tookMs: integer(values[3]),
            ok: bool(values[4]),
          },
        ];
      case "EndTransaction":
        if (values[5] !== messageId) return [];
        return [
          {
            ...blank,
            kind: "end-transaction",
            at: integer(values[1]) ?? 0,
            client: values[3] ?? "",
            ok: values[11] === undefined ? null : values[11] === "COMMIT_MESSAGE",
          },
        ];
      default:
        return [];
    }
  });
}

const blank = { clientHost: null, tookMs: null, ok: null, retryTimes: null };

function integer(text: string | undefined): number | null {
  return text !== undefined && /^-?\d{1,15}$/.test(text) ? Number(text) : null;
}

function bool(text: string | undefined): boolean | null {
  return text === "true" ? true : text === "false" ? false : null;
}
