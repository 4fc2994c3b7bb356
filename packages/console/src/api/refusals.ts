import type { ApiErrorCode } from "./common.ts";

interface RefusalText {
  readonly code: ApiErrorCode;
  /** `{name}` stands for the value of that name. */
  readonly message: string;
  /** What to do about it. */
  readonly hint?: string;
}

/** Why the console itself refuses, each with its English words. Pages in other languages have their own for each reason. */
export const refusals = {
  BODY_TYPE: { code: "INVALID_REQUEST", message: "The body has to be application/json." },
  BODY_NO_JSON: { code: "INVALID_REQUEST", message: "The body is no JSON." },
  BODY_TOO_LARGE: { code: "INVALID_REQUEST", message: "The body is larger than {limit} bytes." },
  READ_ONLY: {
    code: "READ_ONLY",
    message: "This console only looks.",
    hint: "Start the console with HOTFIRE_CONSOLE_WRITE=true (in a spec: console: { write: true }).",
  },
  OTHER_HOST: {
    code: "FOREIGN_HOST",
    message: "This console does not go by the name {host}.",
    hint: "Use its address, or list the name in HOTFIRE_CONSOLE_HOSTS.",
  },
  OTHER_ORIGIN: {
    code: "FOREIGN_ORIGIN",
    message: "This request did not come from the console's own page.",
    hint: "Programs set the header {header}: 1, and no Origin.",
  },
  NO_LOGIN: { code: "LOGIN_REQUIRED", message: "Log in first." },
  WRONG_PASSWORD: { code: "LOGIN_REFUSED", message: "User or password is wrong." },
  WRONG_PASSWORDS: {
    code: "TOO_MANY_ATTEMPTS",
    message: "Too many refused logins; try again in {seconds} s.",
  },
  NO_ROUTE: {
    code: "NOT_FOUND",
    message: "There is no {method} {path}.",
    hint: "{list} lists what there is.",
  },
  NO_PAGE: { code: "NOT_FOUND", message: "There is no {path}." },
  PAGE_NOT_BUILT: {
    code: "NOT_FOUND",
    message: "The page is not built.",
    hint: "npm run build -w @hotfire/console",
  },
  NOT_CONFIRMED: {
    code: "NOT_CONFIRMED",
    message: "The confirmation is not {name}.",
    hint: "Repeat the name of what is changed in `confirm`.",
  },
  GROUPS_UNSEEN: { code: "UNREACHABLE", message: "No broker was seen yet." },
  GROUP_UNKNOWN: { code: "NOT_FOUND", message: "There is no broker group {group}." },
  GROUP_WITHOUT_WRITER: {
    code: "UNREACHABLE",
    message: "{group} has no broker that takes writes now.",
    hint: "The Cluster page shows which of its brokers answer.",
  },
  NO_BROKER: {
    code: "UNREACHABLE",
    message: "No broker answers.",
    hint: "The Cluster page shows since when.",
  },
  NO_NAMESRV: { code: "UNREACHABLE", message: "No name server answers." },
  NAMESRV_NOT_LISTED: {
    code: "INVALID_REQUEST",
    message: "{address} is none of the name servers that this console may ask.",
    hint: "Its operator lists others in HOTFIRE_CONSOLE_NAMESRVS.",
  },
  TOPIC_UNKNOWN: { code: "NOT_FOUND", message: "There is no topic {topic} at any broker that answers." },
  TOPIC_EXISTS: {
    code: "INVALID_REQUEST",
    message: "{group} has the topic {topic} already.",
    hint: "Change it instead, or leave that broker group out.",
  },
  TOPIC_UNWRITABLE: { code: "NOT_FOUND", message: "{topic} has no queue that may be written to." },
  TOPIC_UNWRITABLE_IN_GROUP: {
    code: "NOT_FOUND",
    message: "{topic} has no queue that may be written to in {group}.",
  },
  CONSUMER_UNKNOWN: {
    code: "NOT_FOUND",
    message: "There is no consumer group {consumer} at any broker that answers.",
  },
  CONSUMER_EXISTS: {
    code: "INVALID_REQUEST",
    message: "There is a consumer group {consumer} already.",
    hint: "Change it instead.",
  },
  TOO_MANY_CONSUMERS: { code: "INVALID_REQUEST", message: "{count} groups at once; {limit} at most." },
  RECORD_UNKNOWN: { code: "NOT_FOUND", message: "{group} has no {name}." },
  RECORD_UNKNOWN_ANYWHERE: { code: "NOT_FOUND", message: "No broker group has {name}." },
  RECORD_GONE: {
    code: "CHANGED_MEANWHILE",
    message: "{group} has no {name} any more.",
    hint: "Look again, then change it.",
  },
  SETTING_CHANGED: {
    code: "CHANGED_MEANWHILE",
    message: "{key} of {of} is {now} by now, not {seen}.",
    hint: "Look again, then change it.",
  },
  SECRET_CHANGED: {
    code: "CHANGED_MEANWHILE",
    message: "{key} of {of} has another value by now.",
    hint: "Look again, then change it.",
  },
  NODE_UNKNOWN: { code: "NOT_FOUND", message: "There is no node {node}." },
  NODES_OF_ONE_KIND: {
    code: "INVALID_REQUEST",
    message: "Brokers, name servers and controllers have other keys: change one kind at a time.",
  },
  KEY_UNKNOWN: { code: "INVALID_REQUEST", message: "{node} has no key {key}." },
  MESSAGE_UNKNOWN: {
    code: "NOT_FOUND",
    message: "No broker that answers has the message {id} of {topic}.",
    hint: "Messages are removed after fileReservedTime, 72 hours unless the brokers say otherwise.",
  },
  KEY_AND_TIME: { code: "INVALID_REQUEST", message: "Search by key or by time, not both at once." },
  MESSAGE_WITHOUT_ORIGIN: {
    code: "INVALID_REQUEST",
    message: "{id} does not say which topic it came from.",
  },
  STORED_BUT: { code: "REFUSED_BY_ROCKETMQ", message: "It was stored, but: {status}." },
  CLIENT_BEHIND_PROXY: {
    code: "NOT_FOUND",
    message: "{client} is connected through the proxy {proxy}.",
    hint: "Proxies pass nothing on that a client says of itself: ask the process where it runs.",
  },
  CLIENTS_BEHIND_PROXY: {
    code: "NOT_FOUND",
    message: "The clients of {consumer} are connected through a proxy.",
    hint: "RocketMQ hands a stored message to clients of brokers only.",
  },
  NO_CLIENT: {
    code: "NOT_FOUND",
    message: "No client of {consumer} is connected to {group}.",
    hint: "Start a consumer of the group, then try again.",
  },
  RETRY_TOPIC_UNKNOWN: {
    code: "INVALID_REQUEST",
    message: "No client of {consumer} is connected, and nothing tells which retry topic it reads.",
    hint: "Start a consumer of the group, then try again.",
  },
  ORDERLY_POP: {
    code: "INVALID_REQUEST",
    message: "{consumer} takes messages in order by POP, so it reads no retry topic.",
    hint: "Send the body to the topic again, as a test message: every group of the topic gets it.",
  },
  BROADCASTS: {
    code: "INVALID_REQUEST",
    message: "{consumer} broadcasts: each client has its own offsets, so it reads no retry topic.",
    hint: "Send the body to the topic again, as a test message: every group of the topic gets it.",
  },
  PULLS_ITSELF: {
    code: "INVALID_REQUEST",
    message: "{consumer} pulls by itself, so it reads no retry topic.",
    hint: "Send the body to the topic again, as a test message: every group of the topic gets it.",
  },
  NO_RUNS: {
    code: "NOT_FOUND",
    message: "This console was given no folder of drill runs.",
    hint: "Run `hotfire console --local` where hotfire-runs/ is, or mount it and set HOTFIRE_CONSOLE_RUNS.",
  },
  RUN_UNKNOWN: { code: "NOT_FOUND", message: "There is no run {run} in {folder}." },
  RUN_WITHOUT_REPORT: { code: "NOT_FOUND", message: "{run} has no report yet." },
} as const satisfies Readonly<Record<string, RefusalText>>;

export type Refusal = keyof typeof refusals;

type NamesIn<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never;
type HintOf<Of> = Of extends { readonly hint: infer Hint } ? Hint : never;

/** What a refusal's words need: a value for each name in them. JSON's braces with blanks are none. */
export type RefusalValues<Of extends Refusal> = Readonly<
  Record<
    Exclude<
      NamesIn<(typeof refusals)[Of]["message"]> | NamesIn<HintOf<(typeof refusals)[Of]>>,
      `${string} ${string}`
    >,
    string | number
  >
>;

/** `{name}` in a text is replaced by the value of that name. */
export function filled(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ""));
}
