package io.hotfire.launcher.internals;

import io.openmessaging.storage.dledger.DLedgerEntryPusher;
import io.openmessaging.storage.dledger.DLedgerLeaderElector;
import io.openmessaging.storage.dledger.DLedgerRpcService;
import io.openmessaging.storage.dledger.DLedgerServer;
import io.openmessaging.storage.dledger.MemberState;
import io.openmessaging.storage.dledger.ShutdownAbleThread;
import io.openmessaging.storage.dledger.protocol.VoteResponse;
import io.openmessaging.storage.dledger.store.DLedgerStore;
import io.openmessaging.storage.dledger.store.file.DLedgerMmapFileStore;
import io.openmessaging.storage.dledger.store.file.MmapFileList;
import io.openmessaging.storage.dledger.utils.ResettableCountDownLatch;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.rocketmq.common.ServiceThread;
import org.apache.rocketmq.store.DefaultMessageStore;
import org.apache.rocketmq.store.dledger.DLedgerCommitLog;

/** What is reached of DLedger's private members. */
public final class DLedgerInternals {
    private static final PrivateMembers MEMBERS = new PrivateMembers();

    public static final PrivateField<MemberState> SERVER_MEMBER = MEMBERS.field(DLedgerServer.class, "memberState", MemberState.class);
    public static final PrivateField<MemberState> PUSHER_MEMBER = MEMBERS.field(DLedgerEntryPusher.class, "memberState", MemberState.class);
    public static final PrivateField<MemberState> ELECTOR_MEMBER = MEMBERS.field(DLedgerLeaderElector.class, "memberState", MemberState.class);

    public static final PrivateField<DLedgerStore> SERVER_STORE = MEMBERS.field(DLedgerServer.class, "dLedgerStore", DLedgerStore.class);
    public static final PrivateField<DLedgerStore> PUSHER_STORE = MEMBERS.field(DLedgerEntryPusher.class, "dLedgerStore", DLedgerStore.class);
    public static final PrivateField<DLedgerMmapFileStore> LOG_STORE =
        MEMBERS.field(DLedgerCommitLog.class, "dLedgerFileStore", DLedgerMmapFileStore.class);
    public static final PrivateField<MmapFileList> LOG_FILES = MEMBERS.field(DLedgerCommitLog.class, "dLedgerFileList", MmapFileList.class);
    public static final PrivateField<Long> COMMITTED_INDEX = MEMBERS.field(DLedgerMmapFileStore.class, "committedIndex", long.class);
    public static final PrivateField<Boolean> DISK_FULL = MEMBERS.field(DLedgerMmapFileStore.class, "isDiskFull", boolean.class);
    @SuppressWarnings("rawtypes")
    public static final PrivateField<ThreadLocal> ENTRY_BUFFERS = MEMBERS.field(DLedgerMmapFileStore.class, "localEntryBuffer", ThreadLocal.class);
    public static final PrivateField<Long> COMMITTED_POS = MEMBERS.field(DLedgerMmapFileStore.class, "committedPos", long.class);

    public static final PrivateField<DLedgerRpcService> ELECTOR_RPC =
        MEMBERS.field(DLedgerLeaderElector.class, "dLedgerRpcService", DLedgerRpcService.class);
    public static final PrivateField<DLedgerRpcService> PUSHER_RPC = MEMBERS.field(DLedgerEntryPusher.class, "dLedgerRpcService", DLedgerRpcService.class);
    @SuppressWarnings("rawtypes")
    public static final PrivateField<List> ROLE_HANDLERS = MEMBERS.field(DLedgerLeaderElector.class, "roleChangeHandlers", List.class);
    public static final PrivateField<Random> RANDOM = MEMBERS.field(DLedgerLeaderElector.class, "random", Random.class);
    public static final PrivateField<Long> LEADER_HEARD_AT = MEMBERS.field(DLedgerLeaderElector.class, "lastLeaderHeartBeatTime", long.class);
    public static final PrivateField<Long> BEAT_SENT_AT = MEMBERS.field(DLedgerLeaderElector.class, "lastSendHeartBeatTime", long.class);
    public static final PrivateField<Long> MAJORITY_HEARD_AT = MEMBERS.field(DLedgerLeaderElector.class, "lastSuccHeartBeatTime", long.class);
    public static final PrivateField<VoteResponse.ParseResult> LAST_PARSE_RESULT =
        MEMBERS.field(DLedgerLeaderElector.class, "lastParseResult", VoteResponse.ParseResult.class);
    public static final PrivateField<Long> NEXT_VOTE_AT = MEMBERS.field(DLedgerLeaderElector.class, "nextTimeToRequestVote", long.class);

    @SuppressWarnings("rawtypes")
    public static final PrivateField<Optional> SERVER_CALLER = MEMBERS.field(DLedgerServer.class, "fsmCaller", Optional.class);
    public static final PrivateField<DLedgerEntryPusher> SERVER_PUSHER = MEMBERS.field(DLedgerServer.class, "dLedgerEntryPusher", DLedgerEntryPusher.class);
    public static final PrivateField<ShutdownAbleThread> ENTRY_HANDLER = MEMBERS.field(DLedgerEntryPusher.class, "entryHandler", ShutdownAbleThread.class);
    public static final PrivateField<ShutdownAbleThread> ACK_CHECKER = MEMBERS.field(DLedgerEntryPusher.class, "quorumAckChecker", ShutdownAbleThread.class);
    @SuppressWarnings("rawtypes")
    public static final PrivateField<Map> DISPATCHERS = MEMBERS.field(DLedgerEntryPusher.class, "dispatcherMap", Map.class);
    public static final PrivateField<ResettableCountDownLatch> WAIT_POINT =
        MEMBERS.field(ShutdownAbleThread.class, "waitPoint", ResettableCountDownLatch.class);

    public static final PrivateField<ServiceThread> REPUT = MEMBERS.field(DefaultMessageStore.class, "reputMessageService", ServiceThread.class);

    private DLedgerInternals() {
    }

    static void check() {
        MEMBERS.check();
    }
}
