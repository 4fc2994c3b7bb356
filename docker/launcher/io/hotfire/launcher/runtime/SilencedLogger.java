package io.hotfire.launcher.runtime;

import org.apache.rocketmq.logging.ch.qos.logback.classic.Level;
import org.apache.rocketmq.logging.ch.qos.logback.classic.Logger;
import org.apache.rocketmq.logging.org.slf4j.LoggerFactory;

/** Silences a logger for a while, e.g. while RocketMQ prints its several hundred configuration values, a line each. */
public final class SilencedLogger implements AutoCloseable {
    private final Logger logger;
    private final Level level;

    public SilencedLogger(String name) {
        logger = (Logger) LoggerFactory.getLogger(name);
        level = logger.getLevel();
        logger.setLevel(Level.OFF);
    }

    @Override
    public void close() {
        logger.setLevel(level);
    }
}
