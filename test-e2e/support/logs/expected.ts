/** An error line that a healthy run brings, and why it is one. */
export interface ExpectedLogLine {
  /** Against the message and the stack trace that follows it. */
  readonly line: RegExp;
  readonly why: string;
}

/** The whole list: a line that is not here fails the file in whose tests it was written. */
export const expectedLogLines: readonly ExpectedLogLine[] = [
  {
    line: /Remoting(Connect|SendRequest|Timeout|TooMuchRequest)Exception|^unregister client RemotingException from broker/,
    why: "A peer is away: tests stop, kill and cut off nodes, and a cluster that goes down does so node by node.",
  },
  {
    line: /DLedgerException: \[code=\d+,name=(INCONSISTENT_STATE|INCONSISTENT_TERM|NOT_LEADER|NOT_FOLLOWER|LEADER_TRANSFERRING|INDEX_OUT_OF_RANGE),/,
    why: "How DLedger's members refuse each other's requests while they find who leads and where their logs part: by an exception, logged as an error.",
  },
  {
    line: /DLedgerException: this member's disk was empty/,
    why: "A member whose disk is empty is asked for its vote before it knows that its group is new, or has its group's log (docker/launcher, Newcomer).",
  },
  {
    line: /DLedgerException: (term \d+ takes no writes yet|event \d+ was decided|the log has entries up to)/,
    why: "A new leader has not applied all before its term yet, or a controller's decision before is not committed (docker/launcher, CurrentTermStore, CaughtUpReplicasInfo).",
  },
  {
    line: /^\[Push-\w+\]Error in EntryDispatcher-\S+ [^\n]*\njava\.util\.concurrent\.TimeoutException/,
    why: "A follower that is stopping or frozen does not answer the leader in time, and is asked again.",
  },
  {
    line: /^(Vote|HeartBeat) request time out, info/,
    why: "A peer that is not up yet, is frozen or is gone does not answer.",
  },
  {
    line: /^Interrupted\njava\.lang\.InterruptedException/,
    why: "ServiceThread.shutdown ends a service's wait.",
  },
  {
    line: /MQBrokerException: CODE: 24 +DESC: the consumer's (group info|subscription) not exist|MQClientException: The broker\[[\w-]+\] not exist/,
    why: "The proxy's own consumer asks a new leader that has not had its heartbeat yet, or is taking it in, or a group that has no broker while a drill destroys its disk.",
  },
  {
    line: /CommitLog#putMessage cost/,
    why: "Sends that waited for a slow disk or a follower that is away, while a drill sends hundreds a second.",
  },
  {
    line: /java\.net\.SocketException: Connection reset|java\.io\.IOException: (Broken pipe|Connection reset by peer)/,
    why: "The other end of a connection was killed.",
  },
  {
    line: /^(read socket\[\S+\] < 0|processReadEvent error)/,
    why: "The other end of a replication connection is gone (DefaultHAConnection, AutoSwitchHAConnection).",
  },
  {
    line: /RejectedExecutionException: event executor terminated/,
    why: "A process that stops ends Netty's event loops before its last answers are written.",
  },
  {
    line: /^(Failed to write response|processRequestWrapper response to \S+ failed)[\s\S]*ClosedChannelException/,
    why: "A client left before its answer: a consumer's long poll is open when it ends.",
  },
  {
    line: /^RemotingCommand \[code=/,
    why: "The request and the answer of the line above, as lines of their own (NettyRemotingAbstract.processRequestCommand).",
  },
  {
    line: /^Handle unregister broker request failed\njava\.lang\.InterruptedException/,
    why: "How a name server's BatchUnregistrationService ends at a graceful stop.",
  },
  {
    line: /^telemetry on error\nio\.grpc\.StatusRuntimeException: CANCELLED/,
    why: "A gRPC client closed its stream: that is how it leaves a proxy.",
  },
  {
    line: /NoSuchElementException[\s\S]*StoreStatsService\.getPutTps/,
    why: "A broker younger than a second was asked for its rates: StoreStatsService has no sample yet; it answers the next time.",
  },
  {
    line: /com\.example\.NoSuchPlugin not found/,
    why: "failing/node-dies configures it.",
  },
  {
    line: /return value of "[\w.]+BrokerController\.getMessageStore\(\)" is null/,
    why: "A broker that could not make its store ends, and ending persists what it never had.",
  },
  {
    line: /^Recover (data|index) file to the end of |^Compare data to index failed [\s\S]*name=DISK_ERROR,desc=\] magic 1 != 0/,
    why: "How DLedger's recovery after a kill finds where its log ends (DLedgerMmapFileStore.recover).",
  },
  {
    line: /AbortProcessException: CODE: 1 +DESC: not registered (with the role of before|as master: no majority has answered lately)/,
    why: "The launcher drops a registration that was on its way when the broker's role changed or its majority fell silent; the next one tells what is so.",
  },
  {
    line: /^Error in QuorumAckChecker-\S+\njava\.lang\.NullPointerException: [^\n]*"responses" is null/,
    why: "A leader that has just lost its lead looks for the answers of its term, which are gone (DLedgerEntryPusher.checkResponseFuturesElapsed); it looks again.",
  },
  {
    line: /IOException: No space left on device|name=DISK_FULL,|^physic disk maybe full soon|InternalError: a fault occurred in an unsafe memory access operation/,
    why: "A drill has filled the disk. RocketMQ's files are sparse: a page of one that finds no room is a fault of memory access.",
  },
  {
    line: /topic ?\[?DefaultHeartBeatSyncerTopic\]? not exist/,
    why: "A proxy reads the topic of its heartbeats from a broker that does not have it: its disk was destroyed by a drill, or it has just started.",
  },
  {
    line: /IllegalStateException: not stored, and no timer of this broker's any more/,
    why: "How TimerDelivery ends what a timer was delivering when the role went: the next writer's timer delivers it.",
  },
  {
    line: /^Check transaction failed, channel table is empty\. groupId=|^(Check producer\[[^\]]*\] transaction state, but|The producer\[[^\]]*\] end transaction in sending message, +and) it's pending status/,
    why: "failover/unfinished-transactions leaves thousands of transactions open, and then ends the producer; a broker tells so of each, at the pace of TransactionChecks.",
  },
  {
    line: /ConcurrentModificationException[\s\S]*DefaultRequestProcessor\.getBrokerClusterInfo/,
    why: "A fault of RocketMQ: a name server writes its live tables into an answer while a broker registers, and answers with an error; status asks again (docs/reference/upstream).",
  },
  {
    line: /InaccessibleObjectException: Unable to make field private [\w.]+ java\.lang\.StackTraceElement\./,
    why: "Hessian prints what it may not read of the JDK as a controller loads it (SerializerFactory); it needs none of that.",
  },
  {
    line: /Rejecting alter syncStateSet request because the (current leader is|replicas \{\d+\} don't alive)|The controller is not in leader state/,
    why: "A master that was replaced or counts a slave that has just died, or a broker that asks a controller that lost its lead, has not heard of it yet and is refused.",
  },
  {
    line: /^Failed to append (entry|event) to DLedger|^Append a initial log failed because current state is not leader$|(Cancellation|Timeout)Exception[\s\S]*(DLedgerController|ControllerRequestProcessor)|Error happen when change SyncStateSet[\s\S]*CancellationException/,
    why: "A controller that loses its lead or its majority ends what it had not appended, and the broker asks the next leader (DLedgerController.ControllerEventHandler).",
  },
  {
    line: /^NettyEventExecutor service has exception\. \njava\.util\.concurrent\.RejectedExecutionException[\s\S]*DefaultBrokerHeartbeatManager/,
    why: "A controller that stops has ended the executor of its brokers' heartbeats before it hears that their connections are gone.",
  },
  {
    line: /^Failed to try elect\n[\s\S]*Failed to elect a new master|^Failed to start replicasManager$|^Failed to trigger elect-master in broker-set/,
    why: "Where a whole group is dead or starts, a broker that asks may not be promoted, or is not, until one of the in-sync set is back; it asks again.",
  },
  {
    // The same entry twice, with the same numbers.
    line: /^The appending entry's lastEpoch or endOffset (EpochEntry\{[^}]*\}) is not bigger than lastEntry \1, append failed$/,
    why: "A slave that connects again is sent the begin of the epoch that it is in, which it has (AutoSwitchHAClient).",
  },
  {
    line: /^(AutoSwitchHAClient report max offset to master failed|Process read result failed)$/,
    why: "A slave's connection to its master ends; it connects again (AutoSwitchHAClient).",
  },
  {
    line: /NullPointerException: [^\n]*AutoSwitchHAClient\.getHaMasterAddress\(\)" because "this\.haClient" is null/,
    why: "A slave that has no master yet is asked for its replication, and refuses (AutoSwitchHAService.getRuntimeInfo); status and verify ask again.",
  },
  {
    line: /^(Read socket exception|processReadEvent exception|WriteSocketService service has exception\.)\njava\.nio\.channels\.ClosedChannelException|java\.lang\.Exception: unexpected state SHUTDOWN|^State not matched, masterState:\w+, slaveState:SHUTDOWN/,
    why: "How the replication connections of a master end that stops or is replaced (DefaultHAConnection, AutoSwitchHAConnection).",
  },
  {
    line: /^Failed to (create temp metadata file, nextBrokerId: null|create metadata file and delete temp metadata file, |register broker to controller$)|^Register to broker failed \d+ times$/,
    why: "What the line above led to: a broker that starts asks controllers that have no leader yet, and asks again (ReplicasManager.register).",
  },
  {
    line: /Fail to apply brokerId: \d+ in broker-set/,
    why: "Two brokers that register at once ask the controllers for the same id; the second asks for the next one.",
  },
  {
    line: /^PutBackToHalfQueueReturnResult write failed/,
    why: "A check of unfinished transactions that meets the end of its broker's role, or a full disk, and ends with it (HalfMessages).",
  },
  {
    line: /^Check transaction failed, channel is null/,
    why: "Transactions whose producer is gone are asked about in every check, one line each.",
  },
  {
    line: /No topic route info in name server for the topic: DefaultHeartBeatSyncerTopic/,
    why: "A proxy that has just started asks where its heartbeats' topic is, before the broker that makes it has registered it.",
  },
  {
    line: /^Transaction batch op message write failed/,
    why: "What a transaction's end leaves for the checks met the end of its broker's role: the next writer's check asks again.",
  },
  {
    line: /^ScheduleMessageService, executeOnTimeUp exception\njava\.util\.concurrent\.RejectedExecutionException/,
    why: "A delayed message fell due when its broker's role had just ended: the next writer delivers it.",
  },
  {
    line: /^Handle role change failed term=\d+ role=\w+ handler=class org\.apache\.rocketmq\.controller\.impl\.DLedgerController\$RoleChangeHandler\njava\.util\.concurrent\.RejectedExecutionException/,
    why: "A controller that is being stopped misses its leader, which stopped before: what would handle its role has ended.",
  },
  {
    line: /^updateTopicRouteInfoFromNameServer Exception\norg\.apache\.rocketmq\.client\.exception\.MQClientException: CODE: 1 {2}DESC: name server not ready/,
    why: "A name server that was restarted gives no routes for 3 s (waitSecondsForService), and a proxy goes on with those that it has (docs/explanation/failover.md).",
  },
  {
    line: /MQBrokerException: CODE: 2 {2}DESC: \[OVERLOAD\]system busy[\s\S]*BrokerOuterAPI\.(getControllerMetaData|getReplicaInfo|alterSyncStateSet|brokerElect|getNextBrokerId|applyBrokerId|registerBrokerToController)\(/,
    why: "A controller that is being stopped takes no requests any more, and answers as if it had too many; its broker asks again.",
  },
  {
    line: /MQBrokerException: CODE: 2 {2}DESC: \[REJECTREQUEST\]system busy/,
    why: "A proxy keeps the route of a topic that is not used, and looks when it is used again: its first request after a switch goes to the broker that led before, which refuses it (docs/explanation/failover.md).",
  },
  {
    line: /putMessageStatus=SERVICE_NOT_AVAILABLE/,
    why: "What a broker was about to store by itself (an acknowledgement or checkpoint of POP, a retry) met the end of its role: the client is told, or the next writer does it.",
  },
  {
    line: /^the request offset: .* over flow badly, fix to|^PULL_OFFSET_MOVED:none correction/,
    why: "A drill's consumer is ahead of a slave whose disk is full, and asks it every 20 ms; applications wait for seconds.",
  },
  {
    line: /^\[MONITOR\]Skip update committed index for new=\S+ < old=\S+ or new=/,
    why: "A leader whose followers' disks are full counts at each round what a majority has, and that is less than what was committed before its term.",
  },
  {
    line: /^schedule CQ offset invalid\. offset=|^correct delay offset \[ delayLevel/,
    why: "A broker that starts again has cut its queues to what it knows to be committed, and its place in the delayed ones with them; its leader's place is copied as it follows.",
  },
  {
    line: /^Failed to find an epochEntry to match nextTransferFromWhere \d+/,
    why: "A master that has just become a slave has ended its last epoch, and is still asked by a slave that has not followed the new one yet: it sends nothing.",
  },
];
