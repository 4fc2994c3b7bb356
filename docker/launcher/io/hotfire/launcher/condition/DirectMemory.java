package io.hotfire.launcher.condition;

import io.netty.util.internal.PlatformDependent;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;

/**
 * Memory outside the heap, bounded by -XX:MaxDirectMemorySize. Netty's buffers are Java's here; with options that let it, Netty takes memory past Java's
 * count, with a count and the same limit of its own.
 *
 * @param used bytes, of the fuller of the two counts
 * @param limit bytes, of each
 */
record DirectMemory(long used, long limit) {
    static DirectMemory now() {
        long java = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream().filter(pool -> pool.getName().equals("direct"))
            .mapToLong(BufferPoolMXBean::getMemoryUsed).sum();
        return new DirectMemory(Math.max(java, PlatformDependent.usedDirectMemory()), PlatformDependent.estimateMaxDirectMemory());
    }
}
