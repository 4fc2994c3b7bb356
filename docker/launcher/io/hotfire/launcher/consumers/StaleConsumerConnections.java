package io.hotfire.launcher.consumers;

import io.netty.channel.Channel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.rocketmq.broker.BrokerController;
import org.apache.rocketmq.broker.client.ClientChannelInfo;
import org.apache.rocketmq.broker.client.ConsumerGroupEvent;
import org.apache.rocketmq.broker.client.ConsumerGroupInfo;
import org.apache.rocketmq.broker.client.ConsumerIdsChangeListener;
import org.apache.rocketmq.broker.client.ConsumerManager;
import org.apache.rocketmq.remoting.common.RemotingHelper;

/**
 * Each client once in its consumer group. Clients divide the queues by the list of ids that a broker gives them (ConsumerGroupInfo.getAllClientId), and it has an id for each
 * connection: two connections of one client count as two, and half of the queues are read by none, for the two minutes until the old one expires. A broker that
 * stood still (a freeze, a switch on a busy machine) makes such ghosts: the client has given up waiting and come back on another connection, and then the
 * heartbeats that waited are taken from connections that are closed. So does a cut network, whose broker never hears that the old one has ended. A client keeps one connection to an
 * address (NettyRemotingClient.channelTables): the one that was heard last is its own.
 */
public final class StaleConsumerConnections implements ConsumerIdsChangeListener {
    private final ConsumerManager consumers;

    private StaleConsumerConnections(ConsumerManager consumers) {
        this.consumers = consumers;
    }

    /** Between the broker's initialization and its start. */
    public static void install(BrokerController broker) {
        ConsumerManager consumers = broker.getConsumerManager();
        consumers.appendConsumerIdsChangeListener(new StaleConsumerConnections(consumers));
    }

    /** Told after each heartbeat. A connection that closes later is taken out by its own event, which comes after it is known here. */
    @Override
    public void handle(ConsumerGroupEvent event, String group, Object... arguments) {
        if (event != ConsumerGroupEvent.REGISTER && event != ConsumerGroupEvent.CHANGE) {
            return;
        }
        ConsumerGroupInfo members = consumers.getConsumerTable().get(group);
        if (members != null) {
            ghosts(members).forEach(channel -> consumers.doChannelCloseEvent(RemotingHelper.parseChannelRemoteAddr(channel), channel));
        }
    }

    private static List<Channel> ghosts(ConsumerGroupInfo members) {
        List<Channel> ghosts = new ArrayList<>();
        Map<String, ClientChannelInfo> heard = new HashMap<>();
        for (ClientChannelInfo client : members.getChannelInfoTable().values()) {
            if (!client.getChannel().isActive()) {
                ghosts.add(client.getChannel());
                continue;
            }
            ClientChannelInfo other = heard.put(client.getClientId(), client);
            if (other != null) {
                boolean isOlder = client.getLastUpdateTimestamp() < other.getLastUpdateTimestamp();
                heard.put(client.getClientId(), isOlder ? other : client);
                ghosts.add((isOlder ? client : other).getChannel());
            }
        }
        return ghosts;
    }

    @Override
    public void shutdown() {
    }
}
