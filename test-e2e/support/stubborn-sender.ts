import { setTimeout as sleep } from "node:timers/promises";
import { type RemotingClient, send } from "@hotfire/remoting";
import { masters } from "./topics.ts";

export interface StubbornSender {
  /** Ends it, and says what became of each text. */
  stop(): Promise<{
    readonly acknowledged: readonly string[];
    readonly givenUp: readonly string[];
    /** Between two acknowledgements, and to the end. */
    readonly longestGapMs: number;
  }>;
}

const pauseMs = 100;
/** How long one text is tried: an application that waits this long has an outage. */
const patienceMs = 20_000;

/** Sends text after text to whoever is master of a group then, each until it is acknowledged. */
export function sendStubbornly(
  client: RemotingClient,
  {
    namesrvs,
    group,
    topic,
  }: { readonly namesrvs: readonly string[]; readonly group: string; readonly topic: string },
): StubbornSender {
  const acknowledged: string[] = [];
  const givenUp: string[] = [];
  let isOver = false;
  let lastAt = performance.now();
  let longestGapMs = 0;
  const noteGap = () => {
    const now = performance.now();
    longestGapMs = Math.max(longestGapMs, now - lastAt);
    lastAt = now;
  };
  const tryOnce = async (text: string): Promise<boolean> => {
    for (const namesrv of namesrvs) {
      try {
        const broker = (await masters(client, namesrv)).get(group);
        if (broker === undefined) continue;
        const message = { topic, queueId: 0, body: Buffer.from(text) };
        const { status } = await send(client, broker, message, { deadlineMs: 2000 });
        return status === "stored";
      } catch {
        // A name server or broker that is away at this moment is what is tested.
      }
    }
    return false;
  };
  const work = (async () => {
    for (let index = 0; !isOver; index += 1) {
      const text = `message ${index}`;
      const until = performance.now() + patienceMs;
      let isStored = await tryOnce(text);
      while (!isStored && performance.now() < until) {
        await sleep(pauseMs);
        isStored = await tryOnce(text);
      }
      if (isStored) noteGap();
      (isStored ? acknowledged : givenUp).push(text);
      await sleep(10);
    }
  })();
  return {
    async stop() {
      isOver = true;
      await work;
      noteGap();
      return { acknowledged, givenUp, longestGapMs };
    },
  };
}
