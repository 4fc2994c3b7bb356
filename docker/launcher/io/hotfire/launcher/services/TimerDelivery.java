package io.hotfire.launcher.services;

import java.util.function.Function;
import org.apache.rocketmq.broker.BrokerController;
import org.apache.rocketmq.common.message.MessageExtBrokerInner;
import org.apache.rocketmq.store.PutMessageResult;
import org.apache.rocketmq.store.timer.TimerMessageStore;

/**
 * How a message leaves the timer wheel when it is due. TimerMessageStore tries a refused one three times in 1.5 s and then takes it for delivered: a leader
 * that lost its majority for so long lost what was due. Broker.DEFAULTS sets timerEnableRetryUntilSuccess; that alone would go on in a broker that is a
 * slave by then, and deliver, when it leads again, what its successor has delivered. A refusal after the role is gone is an exception here: the loop that
 * catches it looks at the role, hands the message back to the wheel, and the place is read again by the one who leads.
 */
record TimerDelivery(TimerMessageStore timer, Function<MessageExtBrokerInner, PutMessageResult> store)
    implements Function<MessageExtBrokerInner, PutMessageResult> {

    /** Before the broker starts. */
    static void install(BrokerController broker) {
        TimerMessageStore timer = broker.getTimerMessageStore();
        if (timer != null) {
            timer.registerEscapeBridgeHook(new TimerDelivery(timer, broker.getEscapeBridge()::putMessage));
        }
    }

    @Override
    public PutMessageResult apply(MessageExtBrokerInner message) {
        PutMessageResult result = store.apply(message);
        if ((result == null || !result.isOk()) && !timer.isShouldRunningDequeue()) {
            throw new IllegalStateException("not stored, and no timer of this broker's any more: " + result);
        }
        return result;
    }
}
