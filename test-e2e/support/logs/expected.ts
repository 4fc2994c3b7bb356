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
    line: /DLedgerException: \[code=\d+,name=(INCONSISTENT_STATE|INCONSISTENT_TERM|NOT_LEADER|NOT_FOLLOWER|INDEX_OUT_OF_RANGE),/,
    why: "How DLedger's members refuse each other's requests while they find who leads and where their logs part: by an exception, logged as an error.",
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
    line: /MQBrokerException: CODE: 24 +DESC: the consumer's group info not exist|MQClientException: The broker\[[\w-]+\] not exist/,
    why: "The proxy's own consumer asks a new leader that has not had its heartbeat yet, or a group that has no broker while a drill destroys its disk.",
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
    line: /^Recover (data|index) file to the end of /,
    why: "How DLedger's recovery after a kill finds where its log ends (DLedgerMmapFileStore.recover).",
  },
  {
    line: /InaccessibleObjectException: Unable to make field private [\w.]+ java\.lang\.StackTraceElement\./,
    why: "Hessian prints what it may not read of the JDK as a controller loads it (SerializerFactory); it needs none of that.",
  },
  {
    line: /Rejecting alter syncStateSet request because the current leader is|The controller is not in leader state/,
    why: "A master that was replaced, or a broker that asks a controller that lost its lead, has not heard of it yet and is refused.",
  },
  {
    line: /^Read socket exception\njava\.nio\.channels\.ClosedChannelException|java\.lang\.Exception: unexpected state SHUTDOWN/,
    why: "How the replication connections of a former master end (AutoSwitchHAConnection).",
  },
  {
    line: /Fail to apply brokerId: \d+ in broker-set/,
    why: "Two brokers that register at once ask the controllers for the same id; the second asks for the next one.",
  },
];
