export type { RemotingCommand } from "./client/connection.ts";
export type { RemotingClientOptions, RequestOptions } from "./client/options.ts";
export type { RemotingClient } from "./client/remoting-client.ts";
export { createRemotingClient } from "./client/remoting-client.ts";
export type { RefusedResponse, RemotingBlame, RemotingErrorCode } from "./errors/remoting-error.ts";
export { RemotingError, remotingErrors } from "./errors/remoting-error.ts";
export { parseRelaxedJson, type RelaxedJson } from "./json/relaxed-json.ts";
export type { BatchMessage } from "./message/batch.ts";
export { compressBody } from "./message/compression.ts";
export type { OffsetMessageId } from "./message/message-id.ts";
export { decodeMessageId, encodeMessageId } from "./message/message-id.ts";
export type { MessageProperties } from "./message/properties.ts";
export { propertyNames } from "./message/properties.ts";
export type { StoredMessage } from "./message/stored-message.ts";
export { decodeMessage, decodeMessages } from "./message/stored-message.ts";
export type { UniqueId } from "./message/unique-id.ts";
export { createUniqueIds, decodeUniqueId } from "./message/unique-id.ts";
export type { FrameToEncode, RemotingFrame } from "./protocol/frame.ts";
export { decodeFrame, encodeFrame } from "./protocol/frame.ts";
export { FrameDecoder } from "./protocol/frame-decoder.ts";
export { dledgerRequestCodes, requestCodeName, requestCodes } from "./protocol/request-code.ts";
export { dledgerResponseCodes, responseCodeName, responseCodes } from "./protocol/response-code.ts";
export type { Acl, AclUser } from "./requests/acl.ts";
export { acls, aclUsers } from "./requests/acl.ts";
export type { BrokerConfig, BrokerRuntimeInfo } from "./requests/broker.ts";
export { brokerConfig, brokerRuntimeInfo, updateBrokerConfig } from "./requests/broker.ts";
export type { BrokerCondition, WriteRefusal } from "./requests/broker-condition.ts";
export type { BrokerStats, BrokerStatsName } from "./requests/broker-stats.ts";
export { brokerStats } from "./requests/broker-stats.ts";
export type {
  ClientConnection,
  ConsumerConnections,
  ProducerConnection,
} from "./requests/client-connection.ts";
export { consumerConnections, producerConnections } from "./requests/client-connection.ts";
export type { BrokerData, ClusterInfo } from "./requests/cluster.ts";
export { brokerMemberGroup, clusterInfo } from "./requests/cluster.ts";
export type { ConsumeStats, QueueDelay, QueueProgress } from "./requests/consume-stats.ts";
export { allConsumeStats, consumeDelays, consumeStats } from "./requests/consume-stats.ts";
export type {
  ClientQueue,
  ConsumerClient,
  ConsumerRunningInfo,
  DirectConsumption,
} from "./requests/consumer-client.ts";
export { consumeMessageDirectly, consumerRunningInfo } from "./requests/consumer-client.ts";
export type {
  ConsumerGroupChange,
  ConsumerGroupConfig,
  ConsumerGroupSettings,
} from "./requests/consumer-group.ts";
export {
  changeConsumerGroup,
  consumedTopics,
  consumerGroups,
  createConsumerGroup,
  deleteConsumerGroup,
  topicConsumers,
} from "./requests/consumer-group.ts";
export type {
  ControllerMetadata,
  ElectedMaster,
  EpochCache,
  Replica,
  SyncState,
} from "./requests/controller.ts";
export {
  brokerEpochCache,
  controllerConfig,
  controllerMemory,
  controllerMetadata,
  electMaster,
  syncStateData,
  updateControllerConfig,
} from "./requests/controller.ts";
export type { DledgerMetadata, DledgerPeer, LedgerEnd } from "./requests/dledger.ts";
export {
  dledgerLedgerEnd,
  dledgerMetadata,
  dledgerTerm,
  dledgerTransferLeadership,
} from "./requests/dledger.ts";
export type { HaStatus } from "./requests/ha.ts";
export { haStatus } from "./requests/ha.ts";
export type {
  BatchToSend,
  MessageQuery,
  MessageToSend,
  PullQuery,
  PullResult,
  SendResult,
  SendStatus,
} from "./requests/message.ts";
export {
  pull,
  queryMessages,
  send,
  sendBatch,
  sysFlags,
  viewMessage,
  viewMessageById,
} from "./requests/message.ts";
export { nameServerConfig, updateNameServerConfig } from "./requests/name-server.ts";
export type { ConsumerQueue, QueueOfBroker, ResetQueue } from "./requests/offset.ts";
export {
  consumerOffset,
  earliestStoreTime,
  maxOffset,
  minOffset,
  resetConsumerOffset,
  searchOffset,
  updateConsumerOffset,
} from "./requests/offset.ts";
export type { PoppedMessage, PopQuery, PopReceipt, PopResult } from "./requests/pop.ts";
export { ackPopped, changeInvisibleTime, pop, popRetryTopics } from "./requests/pop.ts";
export type {
  QueueData,
  TopicChange,
  TopicConfig,
  TopicQueueStats,
  TopicRoute,
  TopicSettings,
} from "./requests/topic.ts";
export {
  changeTopic,
  createTopic,
  deleteTopic,
  deleteTopicRoute,
  permissions,
  topicConfigs,
  topicList,
  topicRoute,
  topicStats,
} from "./requests/topic.ts";
export type { HalfMessage, TransactionDecision } from "./requests/transaction.ts";
export { checkedTransaction, endTransaction, producerHeartbeat } from "./requests/transaction.ts";
export type { DataVersion, MessageQueue } from "./requests/wire-types.ts";
