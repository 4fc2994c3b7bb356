import {
  type RemotingClient,
  type RemotingCommand,
  RemotingError,
  type RemotingFrame,
  requestCodeName,
  requestCodes,
  responseCodes,
} from "@hotfire/remoting";

type Json = Readonly<Record<string, unknown>>;

/** What a peer answers: a JSON body, or a code with header fields. */
export interface Reply {
  readonly code?: number;
  readonly fields?: Readonly<Record<string, string>>;
  readonly remark?: string;
  readonly body?: unknown;
}
type Answer = (command: RemotingCommand) => Reply | Promise<Reply>;

/** Peers by address, of which each knows its answers by request code: what brokers say is given, how the console reads it is not. */
export class FakeCluster {
  readonly #peers = new Map<string, Map<number, Answer>>();
  /** Every request, `address NAME`. */
  readonly asked: string[] = [];

  answer(address: string, code: number, answer: Answer | Reply): this {
    const answers = this.#peers.get(address) ?? new Map<number, Answer>();
    this.#peers.set(address, answers.set(code, typeof answer === "function" ? answer : () => answer));
    return this;
  }

  /** From now on no process listens there. */
  kill(address: string): void {
    this.#peers.delete(address);
  }

  readonly client: RemotingClient = {
    request: (address, command) => this.#request(address, command),
    close: async () => {},
    [Symbol.asyncDispose]: async () => {},
  };

  async #request(address: string, command: RemotingCommand): Promise<RemotingFrame> {
    this.asked.push(`${address} ${requestCodeName(command.code)}`);
    const peer = this.#peers.get(address);
    if (peer === undefined) throw new RemotingError("CONNECT_FAILED", `${address} refuses`, { address });
    const answer = peer.get(command.code);
    const reply: Reply =
      answer === undefined ? { code: responseCodes.REQUEST_CODE_NOT_SUPPORTED } : await answer(command);
    const { body } = reply;
    return {
      code: reply.code ?? responseCodes.SUCCESS,
      language: "JAVA",
      version: 513,
      opaque: 1,
      flag: 1,
      remark: reply.remark,
      fields: reply.fields ?? {},
      serialization: "JSON",
      body: Buffer.from(body === undefined ? "" : typeof body === "string" ? body : JSON.stringify(body)),
    };
  }
}

export function bodyOf(command: RemotingCommand): Json {
  return JSON.parse(Buffer.from(command.body ?? []).toString());
}

export const namesrv = "namesrv:9876";
const version = { stateVersion: 0, timestamp: 0, counter: 0 };

/** A name server that knows these brokers: brokerName -> id -> address. */
export function withNamesrv(
  cluster: FakeCluster,
  brokers: Readonly<Record<string, Readonly<Record<string, string>>>>,
  address: string = namesrv,
  clusterName = "C",
): FakeCluster {
  const brokerAddrTable = Object.fromEntries(
    Object.entries(brokers).map(([brokerName, brokerAddrs]) => [
      brokerName,
      { cluster: clusterName, brokerName, brokerAddrs },
    ]),
  );
  return cluster.answer(address, requestCodes.GET_BROKER_CLUSTER_INFO, {
    body: { brokerAddrTable, clusterAddrTable: { [clusterName]: Object.keys(brokers) } },
  });
}

/** A plain master that runs. */
export function withMaster(
  cluster: FakeCluster,
  address: string,
  config: Readonly<Record<string, string>> = {},
): FakeCluster {
  const properties = Object.entries({ brokerId: "0", ...config }).map(([key, value]) => `${key}=${value}\n`);
  return cluster
    .answer(address, requestCodes.GET_BROKER_CONFIG, { fields: { version: "1" }, body: properties.join("") })
    .answer(address, requestCodes.GET_BROKER_RUNTIME_INFO, {
      body: { table: { brokerVersionDesc: "V5_5_0", putTps: "1 1 1" } },
    })
    .answer(address, requestCodes.GET_BROKER_HA_STATUS, {
      body: { master: true, masterCommitLogMaxOffset: 0, inSyncSlaveNums: 0, haConnectionInfo: [] },
    });
}

/**
 * A broker's topics and consumer groups, kept as AdminBrokerProcessor and its managers keep them: an update replaces the record,
 * only attributes are merged, and one by its plain name is refused.
 */
export function withRecords(
  cluster: FakeCluster,
  address: string,
  { topics = {}, groups = {} }: { topics?: Record<string, Json>; groups?: Record<string, Json> },
): FakeCluster {
  return cluster
    .answer(address, requestCodes.GET_ALL_TOPIC_CONFIG, () => ({
      body: { topicConfigTable: topics, dataVersion: version },
    }))
    .answer(address, requestCodes.GET_ALL_SUBSCRIPTIONGROUP_CONFIG, () => ({
      body: { subscriptionGroupTable: groups, dataVersion: version },
    }))
    .answer(address, requestCodes.UPDATE_AND_CREATE_TOPIC, ({ fields = {} }) => {
      if (fields["attributes"] !== undefined) return { code: 1, remark: "attempt to update an attribute" };
      const name = String(fields["topic"]);
      topics[name] = {
        topicName: name,
        readQueueNums: fields["readQueueNums"],
        writeQueueNums: fields["writeQueueNums"],
        perm: fields["perm"],
        topicFilterType: fields["topicFilterType"],
        topicSysFlag: fields["topicSysFlag"],
        order: fields["order"],
        attributes: topics[name]?.["attributes"] ?? {},
      };
      return {};
    })
    .answer(address, requestCodes.UPDATE_AND_CREATE_SUBSCRIPTIONGROUP, (command) => {
      const body = bodyOf(command);
      if (body["attributes"] !== undefined) return { code: 1, remark: "wrong format key" };
      const name = String(body["groupName"]);
      groups[name] = { ...javaDefaults, ...body, attributes: groups[name]?.["attributes"] ?? {} };
      return {};
    });
}

/** SubscriptionGroupConfig.java's. */
const javaDefaults = {
  consumeEnable: true,
  consumeFromMinEnable: true,
  consumeBroadcastEnable: true,
  consumeMessageOrderly: false,
  retryQueueNums: 1,
  retryMaxTimes: 16,
  groupRetryPolicy: { type: "CUSTOMIZED" },
  brokerId: 0,
  whichBrokerWhenConsumeSlowly: 1,
  notifyConsumerIdsChangedEnable: true,
  groupSysFlag: 0,
  consumeTimeoutMinute: 15,
};
