import { endpoints } from "../../api/index.ts";
import { type Router, seconds } from "../http/router.ts";
import type { ClusterAccess } from "../rocketmq/access.ts";
import { changeConsumerAt, createConsumerAt, deleteConsumerAt } from "../rocketmq/consumer-changes.ts";
import { consumerStack } from "../rocketmq/consumer-clients.ts";
import { consumerDetail, consumerProgress, listConsumers } from "../rocketmq/consumers.ts";
import { consumerLag, laggingConsumers } from "../rocketmq/lag.ts";
import { listProducers } from "../rocketmq/producers.ts";
import type { Changes } from "./changes.ts";

export function bindConsumers(router: Router, access: ClusterAccess, changes: Changes): void {
  router.shared(endpoints.consumers, seconds(2), () => listConsumers(access));
  router.shared(endpoints.consumerProgress, seconds(5), ({ query }) =>
    consumerProgress(
      access,
      query.names.split(",").filter((name) => name !== ""),
    ),
  );
  router.shared(endpoints.consumerLag, seconds(5), () => consumerLag(access));
  router.shared(endpoints.laggingConsumers, seconds(10), () => laggingConsumers(access));
  router.shared(endpoints.consumer, seconds(2), ({ params }) => consumerDetail(access, params.name));
  router.json(endpoints.consumerStack, ({ params }) => consumerStack(access, params.name, params.clientId));
  router.json(endpoints.createConsumer, ({ body }) =>
    changes.after("consumers", createConsumerAt(access, body)),
  );
  router.json(endpoints.changeConsumer, ({ params, body }) =>
    changes.after("consumers", changeConsumerAt(access, params.name, body)),
  );
  router.json(endpoints.deleteConsumer, async ({ params, body }) =>
    changes.after("consumers", deleteConsumerAt(access, params.name, body.confirm)),
  );
  router.shared(endpoints.producers, seconds(5), () => listProducers(access));
}
