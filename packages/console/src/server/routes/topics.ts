import { endpoints } from "../../api/index.ts";
import { type Router, seconds } from "../http/router.ts";
import type { ClusterAccess } from "../rocketmq/access.ts";
import { moveConsumer } from "../rocketmq/offsets.ts";
import { testSend } from "../rocketmq/test-send.ts";
import { changeTopicAt, createTopicAt, deleteTopicAt, listTopics, topicDetail } from "../rocketmq/topics.ts";
import type { Changes } from "./changes.ts";

export function bindTopics(router: Router, access: ClusterAccess, changes: Changes): void {
  const changing = <T>(work: Promise<T>): Promise<T> => changes.after("topics", work);
  router.shared(endpoints.topics, seconds(2), () => listTopics(access));
  router.shared(endpoints.topic, seconds(3), ({ params }) => topicDetail(access, params.name));
  router.json(endpoints.createTopic, ({ body }) => changing(createTopicAt(access, body)));
  router.json(endpoints.changeTopic, ({ params, body }) =>
    changing(changeTopicAt(access, params.name, body)),
  );
  router.json(endpoints.deleteTopic, ({ params, body }) =>
    changing(deleteTopicAt(access, params.name, body.confirm)),
  );
  router.json(endpoints.testSend, ({ params, body }) => testSend(access, params.name, body));
  router.json(endpoints.resetOffset, ({ params, body }) => moveConsumer(access, params.name, body));
  router.json(endpoints.skipAccumulated, ({ params, body }) =>
    moveConsumer(access, params.name, { ...body, to: "end" }),
  );
}
