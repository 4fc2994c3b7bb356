import type { Refusal } from "@hotfire/console/api";
import { zh } from "./zh.ts";

/** What the console's own refusals say, for each reason of the API, with the values of its English words. */
export const zhRefusals: Readonly<Record<Refusal, { readonly message: string; readonly hint?: string }>> = {
  BODY_TYPE: { message: "请求体必须是 application/json。" },
  BODY_NO_JSON: { message: "请求体不是 JSON。" },
  BODY_TOO_LARGE: { message: "请求体超过 {limit} 字节。" },
  READ_ONLY: {
    message: "此控制台只能查看。",
    hint: zh["readonly.hint"],
  },
  OTHER_HOST: {
    message: "此控制台不使用主机名 {host}。",
    hint: "请用其地址访问，或把该名称列入 HOTFIRE_CONSOLE_HOSTS。",
  },
  OTHER_ORIGIN: {
    message: "该请求不是来自控制台自己的页面。",
    hint: "程序应设置请求头 {header}: 1，且不带 Origin。",
  },
  NO_LOGIN: { message: "请先登录。" },
  WRONG_PASSWORD: { message: "用户名或密码错误。" },
  WRONG_PASSWORDS: { message: "登录失败次数过多，请在 {seconds} 秒后再试。" },
  NO_ROUTE: { message: "没有 {method} {path}。", hint: "{list} 列出了全部接口。" },
  NO_PAGE: { message: "没有 {path}。" },
  PAGE_NOT_BUILT: { message: "页面尚未构建。", hint: "npm run build -w @hotfire/console" },
  NOT_CONFIRMED: { message: "确认内容不是 {name}。", hint: "请在 `confirm` 中重复所更改对象的名称。" },
  GROUPS_UNSEEN: { message: "尚未见到任何 Broker。" },
  GROUP_UNKNOWN: { message: "没有 Broker 组 {group}。" },
  GROUP_WITHOUT_WRITER: {
    message: "{group} 目前没有可写入的 Broker。",
    hint: "“集群”页显示其中哪些 Broker 有应答。",
  },
  NO_BROKER: { message: "没有 Broker 应答。", hint: "“集群”页显示从何时起。" },
  NO_NAMESRV: { message: "没有 NameServer 应答。" },
  NAMESRV_NOT_LISTED: {
    message: "{address} 不在此控制台可访问的 NameServer 之列。",
    hint: "由运维人员在 HOTFIRE_CONSOLE_NAMESRVS 中列出。",
  },
  TOPIC_UNKNOWN: { message: "有应答的 Broker 都没有主题 {topic}。" },
  TOPIC_EXISTS: {
    message: "{group} 已有主题 {topic}。",
    hint: "请改为修改该主题，或不选该 Broker 组。",
  },
  TOPIC_UNWRITABLE: { message: "{topic} 没有可写的队列。" },
  TOPIC_UNWRITABLE_IN_GROUP: { message: "{topic} 在 {group} 中没有可写的队列。" },
  CONSUMER_UNKNOWN: { message: "有应答的 Broker 都没有消费组 {consumer}。" },
  CONSUMER_EXISTS: { message: "消费组 {consumer} 已存在。", hint: "请改为修改该消费组。" },
  TOO_MANY_CONSUMERS: { message: "一次请求了 {count} 个组，最多 {limit} 个。" },
  RECORD_UNKNOWN: { message: "{group} 没有 {name}。" },
  RECORD_UNKNOWN_ANYWHERE: { message: "没有任何 Broker 组有 {name}。" },
  RECORD_GONE: { message: "{group} 已不再有 {name}。", hint: "请重新查看后再修改。" },
  SETTING_CHANGED: {
    message: "{of} 的 {key} 现在是 {now}，不再是 {seen}。",
    hint: "请重新查看后再修改。",
  },
  SECRET_CHANGED: { message: "{of} 的 {key} 已是另一个值。", hint: "请重新查看后再修改。" },
  NODE_UNKNOWN: { message: "没有节点 {node}。" },
  NODES_OF_ONE_KIND: { message: "Broker、NameServer 与 Controller 的配置项不同：请一次只修改一类节点。" },
  KEY_UNKNOWN: { message: "{node} 没有配置项 {key}。" },
  MESSAGE_UNKNOWN: {
    message: "有应答的 Broker 都没有 {topic} 的消息 {id}。",
    hint: "消息在 fileReservedTime 之后删除，Broker 未另行设置时为 72 小时。",
  },
  KEY_AND_TIME: { message: "请按 Key 或按时间搜索，不能同时使用。" },
  MESSAGE_WITHOUT_ORIGIN: { message: "{id} 没有说明它来自哪个主题。" },
  STORED_BUT: { message: "消息已存储，但：{status}。" },
  CLIENT_BEHIND_PROXY: {
    message: "{client} 通过代理 {proxy} 连接。",
    hint: "代理不转发客户端自身的信息：请在其所在进程查看。",
  },
  CLIENTS_BEHIND_PROXY: {
    message: "{consumer} 的客户端通过代理连接。",
    hint: "RocketMQ 只能把已存储的消息交给直连 Broker 的客户端。",
  },
  NO_CLIENT: { message: "{consumer} 没有客户端连接到 {group}。", hint: "请先启动该组的消费者，再试一次。" },
  RETRY_TOPIC_UNKNOWN: {
    message: "{consumer} 没有客户端在线，无法得知它读取哪个重试主题。",
    hint: "请先启动该组的消费者，再试一次。",
  },
  ORDERLY_POP: {
    message: "{consumer} 以 POP 方式顺序消费，因此不读取重试主题。",
    hint: "请把消息体作为测试消息重新发送到该主题：该主题的每个组都会收到。",
  },
  BROADCASTS: {
    message: "{consumer} 为广播消费：每个客户端有各自的位点，因此不读取重试主题。",
    hint: "请把消息体作为测试消息重新发送到该主题：该主题的每个组都会收到。",
  },
  PULLS_ITSELF: {
    message: "{consumer} 自行拉取消息，因此不读取重试主题。",
    hint: "请把消息体作为测试消息重新发送到该主题：该主题的每个组都会收到。",
  },
  NO_RUNS: {
    message: "此控制台没有指定演练结果目录。",
    hint: "请在 hotfire-runs/ 所在处运行 `hotfire console --local`，或挂载该目录并设置 HOTFIRE_CONSOLE_RUNS。",
  },
  RUN_UNKNOWN: { message: "{folder} 中没有演练 {run}。" },
  RUN_WITHOUT_REPORT: { message: "{run} 尚无报告。" },
};
