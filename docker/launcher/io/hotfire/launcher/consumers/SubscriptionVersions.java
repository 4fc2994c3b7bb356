package io.hotfire.launcher.consumers;

import java.util.Map;
import org.apache.rocketmq.broker.BrokerController;
import org.apache.rocketmq.broker.client.ConsumerManager;
import org.apache.rocketmq.common.filter.ExpressionType;
import org.apache.rocketmq.remoting.RPCHook;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.apache.rocketmq.remoting.protocol.RequestCode;
import org.apache.rocketmq.remoting.protocol.heartbeat.SubscriptionData;

/**
 * A pull with a version of the subscription that no heartbeat has told yet. RocketMQ refuses it (SUBSCRIPTION_NOT_LATEST), since it would filter by what the consumer
 * no longer subscribes to, and the heartbeat may be 30 s away: a client that divides the queues while it sends its regular heartbeats leaves the new one out ({@link NewConsumers}).
 * Where the version before is "*" the broker filters nothing, and the client filters by tags itself: the pull is answered by that version.
 */
public final class SubscriptionVersions implements RPCHook {
    private final ConsumerManager consumers;

    private SubscriptionVersions(ConsumerManager consumers) {
        this.consumers = consumers;
    }

    /** Between the broker's initialization and its start. */
    public static void install(BrokerController broker) {
        SubscriptionVersions hook = new SubscriptionVersions(broker.getConsumerManager());
        broker.getRemotingServer().registerRPCHook(hook);
        broker.getFastRemotingServer().registerRPCHook(hook);
    }

    /** Writes the fields of PullMessageRequestHeader, from which PullMessageProcessor makes its own header each time. */
    @Override
    public void doBeforeRequest(String address, RemotingCommand request) {
        boolean isPull = request.getCode() == RequestCode.PULL_MESSAGE || request.getCode() == RequestCode.LITE_PULL_MESSAGE;
        Map<String, String> fields = request.getExtFields();
        if (!isPull || fields == null || !ExpressionType.isTagType(fields.get("expressionType"))) {
            return;
        }
        String version = fields.get("subVersion");
        SubscriptionData told = consumers.findSubscriptionData(fields.get("consumerGroup"), fields.get("topic"));
        if (version != null && told != null && isUnfiltered(told) && isLater(version, told)) {
            fields.put("subVersion", Long.toString(told.getSubVersion()));
        }
    }

    private static boolean isUnfiltered(SubscriptionData subscription) {
        return SubscriptionData.SUB_ALL.equals(subscription.getSubString()) && ExpressionType.isTagType(subscription.getExpressionType());
    }

    private static boolean isLater(String version, SubscriptionData told) {
        try {
            return Long.parseLong(version) > told.getSubVersion();
        } catch (NumberFormatException e) {
            // PullMessageProcessor answers it.
            return false;
        }
    }

    @Override
    public void doAfterResponse(String address, RemotingCommand request, RemotingCommand response) {
    }
}
