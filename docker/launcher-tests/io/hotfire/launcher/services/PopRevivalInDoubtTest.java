package io.hotfire.launcher.services;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hotfire.launcher.dledger.DLedgerGroup;
import io.hotfire.launcher.raft.Raft;
import io.hotfire.launcher.testkit.Ports;
import io.hotfire.launcher.testkit.RealBroker;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.rocketmq.broker.BrokerController;
import org.apache.rocketmq.broker.processor.PopReviveService;
import org.apache.rocketmq.store.PutMessageResult;
import org.apache.rocketmq.store.PutMessageStatus;
import org.apache.rocketmq.store.config.BrokerRole;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A leader whose followers do not answer: what it appends is stored, and may be cut off. */
class PopRevivalInDoubtTest {
    private static final long LATER_MS = 1_000;

    @TempDir
    Path folder;
    private BrokerController broker;
    private DLedgerGroup group;

    @BeforeEach
    void start() throws Exception {
        String peers = "n0-127.0.0.1:" + Ports.free() + ";n1-127.0.0.1:" + Ports.free() + ";n2-127.0.0.1:" + Ports.free();
        broker = RealBroker.make(folder, peers);
        group = RealBroker.load(broker, true);
        group.store().start();
        RealBroker.elect(group);
        assertTrue(Raft.soon(() -> group.store().getMessageStoreConfig().getBrokerRole() == BrokerRole.SYNC_MASTER));
    }

    @AfterEach
    void stop() {
        group.roles().shutdown();
        group.store().shutdown();
    }

    private CompletableFuture<PutMessageResult> putFrom(String thread) {
        CompletableFuture<PutMessageResult> result = new CompletableFuture<>();
        new Thread(() -> {
            try {
                result.complete(broker.getEscapeBridge().putMessageToSpecificQueue(RealBroker.message(new byte[] {1})));
            } catch (RuntimeException e) {
                result.completeExceptionally(e);
            }
        }, thread).start();
        return result;
    }

    @Test
    void itIsNoRevivedMessageUntilTheGroupHasIt() throws Exception {
        for (PopReviveService service : broker.getAckMessageProcessor().getPopReviveServices()) {
            service.setShouldRunPopRevive(true);
        }
        CompletableFuture<PutMessageResult> revived = putFrom("PopReviveService_0");
        // Appended or not: the answer comes with the end of the leader's patience, or with its role.
        PutMessageResult other = putFrom("SendMessageThread_1").get(40, TimeUnit.SECONDS);
        assertNotEquals(PutMessageStatus.PUT_OK, other.getPutMessageStatus());
        Thread.sleep(LATER_MS);
        assertFalse(revived.isDone());

        for (PopReviveService service : broker.getAckMessageProcessor().getPopReviveServices()) {
            service.setShouldRunPopRevive(false);
        }
        ExecutionException ended = assertThrows(ExecutionException.class, () -> revived.get(20, TimeUnit.SECONDS));
        assertTrue(ended.getCause().getMessage().startsWith("this broker's revival ends"));
    }
}
