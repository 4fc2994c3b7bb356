import { endpoints } from "../../api/index.ts";
import { type Router, seconds } from "../http/router.ts";
import type { ClusterAccess } from "../rocketmq/access.ts";
import {
  deadLetters,
  exportDeadLetters,
  listDeadLetters,
  resendDeadLetters,
} from "../rocketmq/dead-letters.ts";
import {
  detail,
  findMessage,
  messageConsumption,
  resendMessage,
  searchMessages,
} from "../rocketmq/messages.ts";
import { messageTrace } from "../rocketmq/trace.ts";

export function bindMessages(router: Router, access: ClusterAccess): void {
  const find = ({ topic, id }: { topic: string; id: string }) => findMessage(access, topic, id);
  router.json(endpoints.messages, ({ query }) => searchMessages(access, query));
  router.json(endpoints.message, async ({ params }) => detail(await find(params)));
  router.raw(endpoints.messageBody, async ({ params, c }) => {
    const { message } = await find(params);
    return c.body(new Uint8Array(message.body), 200, download(`${params.id}.bin`));
  });
  router.json(endpoints.messageConsumption, async ({ params }) =>
    messageConsumption(access, await find(params)),
  );
  router.json(endpoints.messageTrace, ({ params }) => messageTrace(access, params.id));
  router.json(endpoints.resendMessage, async ({ params, body }) =>
    resendMessage(access, await find(params), body),
  );

  router.shared(endpoints.dlq, seconds(2), () => listDeadLetters(access));
  router.shared(endpoints.dlqMessages, seconds(2), ({ params, query }) =>
    deadLetters(access, params.name, query.limit),
  );
  router.raw(endpoints.dlqExport, async ({ params, c }) =>
    c.body(await exportDeadLetters(access, params.name), 200, download(`${params.name}.ndjson`)),
  );
  router.json(endpoints.dlqResend, ({ params, body }) => resendDeadLetters(access, params.name, body));
}

/** Always saved, never shown: what a message holds is nobody's page. */
function download(name: string): Record<string, string> {
  const safe = name.replace(/[^\w.-]/g, "_");
  return {
    "content-type": "application/octet-stream",
    "content-disposition": `attachment; filename="${safe}"`,
  };
}
