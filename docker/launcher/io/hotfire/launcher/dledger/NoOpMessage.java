package io.hotfire.launcher.dledger;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.rocketmq.common.message.MessageAccessor;
import org.apache.rocketmq.common.message.MessageDecoder;
import org.apache.rocketmq.common.message.MessageExtBrokerInner;
import org.apache.rocketmq.common.sysflag.MessageSysFlag;

/**
 * A leader's own entry. What is in the log has to be a message; this one is of a kind that is put into no queue and no index and takes no queue
 * offset, as the end of a transaction that was rolled back is not (CommitLogDispatcherBuildConsumeQueue, DefaultMessageStore.assignOffset). So it
 * can be written before the queues' ends are known.
 */
final class NoOpMessage {
    /** A system topic by its prefix (TopicValidator); it exists nowhere. */
    static final String TOPIC = "rmq_sys_hotfire_term";

    private NoOpMessage() {
    }

    static MessageExtBrokerInner of(long term, String leader) {
        InetSocketAddress here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        MessageExtBrokerInner message = new MessageExtBrokerInner();
        message.setTopic(TOPIC);
        message.setQueueId(0);
        message.setSysFlag(MessageSysFlag.TRANSACTION_ROLLBACK_TYPE);
        message.setBody((leader + " leads in term " + term).getBytes(StandardCharsets.UTF_8));
        message.setBornTimestamp(System.currentTimeMillis());
        message.setBornHost(here);
        message.setStoreHost(here);
        MessageAccessor.setProperties(message, new HashMap<>(Map.of("TERM", String.valueOf(term))));
        message.setPropertiesString(MessageDecoder.messageProperties2String(message.getProperties()));
        return message;
    }
}
