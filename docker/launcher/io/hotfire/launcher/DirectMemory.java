package io.hotfire.launcher;

import io.netty.util.internal.PlatformDependent;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;

/**
 * Memory outside the heap. -XX:MaxDirectMemorySize bounds what Java's buffers take and, counted apart, what Netty takes past them: each may fill it.
 *
 * @param used bytes, of the fuller of the two
 * @param limit bytes, of each
 */
record DirectMemory(long used, long limit) {
    static DirectMemory now() {
        long java = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream().filter(pool -> pool.getName().equals("direct"))
            .mapToLong(BufferPoolMXBean::getMemoryUsed).sum();
        return new DirectMemory(Math.max(java, PlatformDependent.usedDirectMemory()), PlatformDependent.estimateMaxDirectMemory());
    }
}
