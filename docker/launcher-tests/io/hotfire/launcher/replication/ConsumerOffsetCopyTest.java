package io.hotfire.launcher.replication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.alibaba.fastjson2.JSONException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.rocketmq.remoting.protocol.RemotingSerializable;
import org.apache.rocketmq.remoting.protocol.body.ConsumerOffsetSerializeWrapper;
import org.junit.jupiter.api.Test;

/** Answers with bare numbers as names. */
class ConsumerOffsetCopyTest {
    /** What a 5.5.0 master answers after a push consumer and a pull have been there. */
    private static final byte[] ANSWER = ("{\"dataVersion\":{\"counter\":0,\"stateVersion\":0,\"timestamp\":1795800978943},"
        + "\"groupTopicMap\":{\"readers\":[\"Letters\"]},\"offsetTable\":{\"Letters@readers\":{0:5,1:6}},"
        + "\"pullOffsetTable\":{\"Letters@readers\":{0:7,12:8},\"verify@TOOLS\":{0:1}}}").getBytes(StandardCharsets.UTF_8);

    @Test
    void aSlaveReadsItsMastersOffsets() {
        ConsumerOffsetSerializeWrapper offsets = decode(ConsumerOffsetCopy.quoted(ANSWER));
        assertEquals(Map.of("Letters@readers", Map.of(0, 5L, 1, 6L)), offsets.getOffsetTable());
    }

    @Test
    void whatIsJsonAlreadyStays() {
        byte[] once = ConsumerOffsetCopy.quoted(ANSWER);
        assertEquals(text(once), text(ConsumerOffsetCopy.quoted(once)));
    }

    /** When this fails, RocketMQ reads its own answer, and ConsumerOffsetCopy can go. */
    @Test
    void rocketmqAloneDoesNotReadThem() {
        assertThrows(JSONException.class, () -> decode(ANSWER));
    }

    private static ConsumerOffsetSerializeWrapper decode(byte[] json) {
        return RemotingSerializable.decode(json, ConsumerOffsetSerializeWrapper.class);
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }
}
