package io.hotfire.launcher.condition;

import org.apache.rocketmq.logging.ch.qos.logback.classic.Level;
import org.apache.rocketmq.logging.ch.qos.logback.classic.Logger;
import org.apache.rocketmq.logging.ch.qos.logback.classic.turbo.TurboFilter;
import org.apache.rocketmq.logging.ch.qos.logback.core.spi.FilterReply;
import org.apache.rocketmq.logging.org.slf4j.Marker;

/** Shows {@link OutOfMemoryErrors} every error that RocketMQ logs, at any level and written or not; drops nothing. logback.xml names this class. */
public final class OutOfMemoryFilter extends TurboFilter {
    @Override
    public FilterReply decide(Marker marker, Logger logger, Level level, String format, Object[] arguments, Throwable cause) {
        if (cause != null) {
            OutOfMemoryErrors.OF_PROCESS.look(cause);
        } else if (arguments != null && arguments.length > 0 && arguments[arguments.length - 1] instanceof Throwable last) {
            OutOfMemoryErrors.OF_PROCESS.look(last);
        }
        return FilterReply.NEUTRAL;
    }
}
