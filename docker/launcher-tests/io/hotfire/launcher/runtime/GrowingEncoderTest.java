package io.hotfire.launcher.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.util.internal.PlatformDependent;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.apache.rocketmq.common.BrokerConfig;
import org.apache.rocketmq.common.message.MessageDecoder;
import org.apache.rocketmq.common.message.MessageExtBrokerInner;
import org.apache.rocketmq.store.DefaultMessageStore;
import org.apache.rocketmq.store.PutMessageResult;
import org.apache.rocketmq.store.PutMessageStatus;
import org.apache.rocketmq.store.config.MessageStoreConfig;
import org.apache.rocketmq.store.stats.BrokerStatsManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real store; its threads are as many as a broker's, and more. */
class GrowingEncoderTest {
    private static final int MIB = 1024 * 1024;

    @TempDir
    Path folder;
    private MessageStoreConfig config;
    private DefaultMessageStore store;

    @BeforeEach
    void start() throws Exception {
        config = new MessageStoreConfig();
        config.setStorePathRootDir(folder.toString());
        config.setMappedFileSizeCommitLog(64 * MIB);
        config.setHaListenPort(0);
        config.setTimerWheelEnable(false);
        config.setCheckCRCOnRecover(false);
        store = new DefaultMessageStore(config, new BrokerStatsManager("c", false), (topic, queue, offset, tags, time, map, properties) -> {
        }, new BrokerConfig(), new ConcurrentHashMap<>());
        EncoderMemory.install(store);
        store.load();
        store.start();
    }

    @AfterEach
    void stop() {
        store.shutdown();
        store.destroy();
    }

    @Test
    void twoHundredThreadsThatStoreTakeALittleDirectMemory() throws Exception {
        long before = directMemory();
        CountDownLatch stored = new CountDownLatch(200);
        CountDownLatch measured = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int n = 0; n < 200; n++) {
            threads.add(Thread.ofPlatform().daemon().start(() -> {
                try {
                    put(new byte[100]);
                } finally {
                    stored.countDown();
                }
                try {
                    measured.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }));
        }
        stored.await();
        long taken = directMemory() - before;
        measured.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertTrue(taken < 40L * MIB, "200 threads took " + taken / MIB + " MiB; RocketMQ's encoders take 812");
    }

    @Test
    void aThreadThatEndsLeavesItsEncoderToTheNext() throws Exception {
        put(new byte[100]);
        long before = directMemory();
        for (int n = 0; n < 300; n++) {
            Thread thread = Thread.ofPlatform().daemon().start(() -> put(new byte[100]));
            thread.join();
        }
        long taken = directMemory() - before;
        assertTrue(taken < 2L * MIB, "300 threads, one after another, took " + taken / 1024 + " KiB");
    }

    @Test
    void aMessageOfAnySizeIsStoredAsItIs() {
        Random random = new Random(1);
        for (int size : new int[] {0, 1, 100, 64 * 1024, 96 * 1024, MIB, 4 * MIB - 1024, 4 * MIB, 10}) {
            byte[] body = new byte[size];
            random.nextBytes(body);
            PutMessageResult result = put(body);
            if (size == 0) {
                assertEquals(PutMessageStatus.PUT_OK, result.getPutMessageStatus());
                continue;
            }
            assertEquals(PutMessageStatus.PUT_OK, result.getPutMessageStatus(), "a body of " + size + " bytes");
            long place = result.getAppendMessageResult().getWroteOffset();
            var found = store.selectOneMessageByOffset(place);
            try {
                assertArrayEquals(body, MessageDecoder.decode(found.getByteBuffer()).getBody());
            } finally {
                found.release();
            }
        }
    }

    @Test
    void aMessageAboveTheLimitIsRefused() {
        assertEquals(PutMessageStatus.MESSAGE_ILLEGAL, put(new byte[4 * MIB + 1]).getPutMessageStatus());
        assertEquals(PutMessageStatus.PUT_OK, put(new byte[10]).getPutMessageStatus());
    }

    @Test
    void theLimitMayChangeWhileTheBrokerRuns() {
        put(new byte[10]);
        config.setMaxMessageSize(5 * MIB);
        assertEquals(PutMessageStatus.PUT_OK, put(new byte[5 * MIB]).getPutMessageStatus());
    }

    private PutMessageResult put(byte[] body) {
        MessageExtBrokerInner message = new MessageExtBrokerInner();
        message.setTopic("Letters");
        message.setBody(body);
        message.setTags("tag");
        message.setQueueId(0);
        message.setBornHost(new InetSocketAddress("127.0.0.1", 1));
        message.setStoreHost(new InetSocketAddress("127.0.0.1", 2));
        message.setPropertiesString(MessageDecoder.messageProperties2String(message.getProperties()));
        return store.putMessage(message);
    }

    /** Netty counts what it takes past ByteBuffer, the JVM the rest. */
    private static long directMemory() {
        return Math.max(0, PlatformDependent.usedDirectMemory()) + ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .filter(pool -> pool.getName().equals("direct")).mapToLong(BufferPoolMXBean::getMemoryUsed).sum();
    }
}
