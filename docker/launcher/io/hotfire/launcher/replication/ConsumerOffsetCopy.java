package io.hotfire.launcher.replication;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.apache.rocketmq.broker.BrokerController;
import org.apache.rocketmq.remoting.RPCHook;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.apache.rocketmq.remoting.protocol.RequestCode;

/**
 * Lets a slave or follower copy its master's consumer offsets. In 5.5.0 it cannot, once a consumer has pulled from the master: the answer to
 * GET_ALL_CONSUMER_OFFSET then holds a {@code pullOffsetTable}, which ConsumerOffsetSerializeWrapper does not have, and fastjson2 2.0.59
 * skips no object whose names are bare numbers ({@code {0:5}}: "not support unquoted name"). SlaveSynchronize.syncConsumerOffset logs the
 * exception and tries again 10 s later, for ever, and a slave that is promoted begins with no offsets: its consumers get everything
 * again. With quotes around the names the answer is JSON, and is read.
 */
public final class ConsumerOffsetCopy implements RPCHook {
    /** Topics and groups are of letters, digits, %, |, - and _: no text of theirs looks like this. */
    private static final Pattern BARE_NAME = Pattern.compile("([{,])(\\d+):");

    public static void install(BrokerController broker) {
        broker.getBrokerOuterAPI().registerRPCHook(new ConsumerOffsetCopy());
    }

    @Override
    public void doBeforeRequest(String remoteAddr, RemotingCommand request) {
    }

    @Override
    public void doAfterResponse(String remoteAddr, RemotingCommand request, RemotingCommand response) {
        if (request.getCode() == RequestCode.GET_ALL_CONSUMER_OFFSET && response != null && response.getBody() != null) {
            response.setBody(quoted(response.getBody()));
        }
    }

    static byte[] quoted(byte[] json) {
        String text = new String(json, StandardCharsets.UTF_8);
        return BARE_NAME.matcher(text).replaceAll("$1\"$2\":").getBytes(StandardCharsets.UTF_8);
    }
}
