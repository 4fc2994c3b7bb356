package io.hotfire.launcher.drill;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.rocketmq.common.message.MessageDecoder;
import org.apache.rocketmq.remoting.CommandCustomHeader;
import org.apache.rocketmq.remoting.RPCHook;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.apache.rocketmq.remoting.protocol.ResponseCode;
import org.apache.rocketmq.remoting.protocol.header.PullMessageRequestHeader;
import org.apache.rocketmq.remoting.protocol.header.SendMessageRequestHeader;
import org.apache.rocketmq.remoting.protocol.header.SendMessageRequestHeaderV2;

/**
 * Watches the wire below the client: how often a message was handed to a connection, retries included, and who served
 * the last pull of a queue. The client tells neither.
 */
final class DrillHook implements RPCHook {
    /** What the wire saw of one message. */
    record Attempts(int count, String address) {
        static final Attempts NONE = new Attempts(0, null);
    }

    private final DrillClient.Options options;
    private final Map<Integer, Attempts> sends = new ConcurrentHashMap<>();
    private final Map<String, String> servers = new ConcurrentHashMap<>();

    DrillHook(DrillClient.Options options) {
        this.options = options;
    }

    Attempts forget(int sequence) {
        Attempts attempts = sends.remove(sequence);
        return attempts == null ? Attempts.NONE : attempts;
    }

    /** Null before the first answer with messages. */
    String serverOf(String group, int queue) {
        return servers.get(group + "/" + queue);
    }

    @Override
    public void doBeforeRequest(String address, RemotingCommand request) {
        String properties = properties(request.readCustomHeader());
        if (properties == null) {
            return;
        }
        String sequence = MessageDecoder.string2messageProperties(properties).get(options.sequenceProperty());
        if (sequence != null) {
            sends.merge(Integer.valueOf(sequence), new Attempts(1, address), (old, now) -> new Attempts(old.count() + 1, now.address()));
        }
    }

    @Override
    public void doAfterResponse(String address, RemotingCommand request, RemotingCommand response) {
        if (response != null && response.getCode() == ResponseCode.SUCCESS
            && request.readCustomHeader() instanceof PullMessageRequestHeader header && options.topic().equals(header.getTopic())) {
            servers.put(header.getBrokerName() + "/" + header.getQueueId(), address);
        }
    }

    private static String properties(CommandCustomHeader header) {
        if (header instanceof SendMessageRequestHeaderV2 two) {
            return two.getI();
        }
        return header instanceof SendMessageRequestHeader one ? one.getProperties() : null;
    }
}
