package io.hotfire.launcher.runtime;

import java.util.List;
import org.apache.rocketmq.logging.ch.qos.logback.classic.Level;
import org.apache.rocketmq.logging.ch.qos.logback.classic.Logger;
import org.apache.rocketmq.logging.ch.qos.logback.classic.turbo.TurboFilter;
import org.apache.rocketmq.logging.ch.qos.logback.core.spi.FilterReply;
import org.apache.rocketmq.logging.org.slf4j.Marker;

/** Drops what RocketMQ logs every few seconds only to say that a timer ran; logback.xml names this class. */
public final class RoutineFilter extends TurboFilter {
    private static final List<String> ROUTINE = List.of(
        "findPutMessageEntireTimePX", // StoreStatsService, with every health check
        "[{}]Timer progress-check", // TimerMessageStore, every 10 s
        "start scanNotActiveBroker", // RouteInfoManager, every 5 s
        "Update controller leader address to", // ReplicasManager, every second, whether it is another one or not
        "[{}][{}] term={} ledgerBegin={} ledgerEnd={}"); // DLedgerEntryPusher.QuorumAckChecker, every 3 s

    @Override
    public FilterReply decide(Marker marker, Logger logger, Level level, String format, Object[] arguments, Throwable cause) {
        if (level != Level.INFO || format == null) {
            return FilterReply.NEUTRAL;
        }
        for (String routine : ROUTINE) {
            if (format.startsWith(routine)) {
                return FilterReply.DENY;
            }
        }
        return FilterReply.NEUTRAL;
    }
}
