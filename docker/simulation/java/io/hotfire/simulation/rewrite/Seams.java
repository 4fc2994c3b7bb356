package io.hotfire.simulation.rewrite;

import java.util.HashMap;
import java.util.Map;

/** Where the simulated classes touch the world, as data: the call that they make, and the static method that takes its place. */
final class Seams {
    private static final String WORLD = "io/hotfire/simulation/world/";
    private static final String DISK = "io/hotfire/simulation/disk/";
    private static final String UNIT = "Ljava/util/concurrent/TimeUnit;";

    /** Where it goes: its descriptor is that of the call, with the receiver, if there is one, as first argument. */
    record Target(String owner, String name) {
    }

    /** By owner, name and descriptor. */
    private static final Map<String, Target> CALLS = new HashMap<>();
    /** Types that are another one in all rewritten classes. */
    static final Map<String, String> TYPES = Map.of(
        "org/apache/rocketmq/remoting/netty/NettyRemotingServer", "io/hotfire/simulation/net/NodeServer",
        "org/apache/rocketmq/remoting/netty/NettyRemotingClient", "io/hotfire/simulation/net/NodeClient",
        "java/io/FileWriter", DISK + "DiskWriter",
        "java/io/FileInputStream", DISK + "DiskReader",
        "java/io/RandomAccessFile", DISK + "DiskRandomAccess");

    static {
        String executor = "java/util/concurrent/Executors";
        String factory = "(Ljava/util/concurrent/ThreadFactory;)Ljava/util/concurrent/";
        call("java/lang/System.currentTimeMillis()J", WORLD + "Time.millis");
        call("java/lang/System.nanoTime()J", WORLD + "Time.nanos");
        call("java/lang/Thread.sleep(J)V", WORLD + "Time.sleep");
        call("java/util/Random.nextInt(I)I", WORLD + "Time.nextInt");
        call("java/util/concurrent/CountDownLatch.await(J" + UNIT + ")Z", WORLD + "Waits.await");
        call("java/util/concurrent/CountDownLatch.countDown()V", WORLD + "Waits.countDown");
        call("java/util/concurrent/CompletableFuture.get(J" + UNIT + ")Ljava/lang/Object;", WORLD + "Waits.get");
        call("java/util/concurrent/CompletableFuture.completeOnTimeout(Ljava/lang/Object;J" + UNIT + ")Ljava/util/concurrent/CompletableFuture;",
            WORLD + "Waits.completeOnTimeout");
        call("java/util/concurrent/CompletableFuture.runAsync(Ljava/lang/Runnable;Ljava/util/concurrent/Executor;)Ljava/util/concurrent/CompletableFuture;",
            WORLD + "Waits.runAsync");
        call("java/util/concurrent/CompletableFuture.join()Ljava/lang/Object;", WORLD + "Waits.join");
        call("java/util/concurrent/BlockingQueue.poll(J" + UNIT + ")Ljava/lang/Object;", WORLD + "Waits.poll");
        call("java/util/concurrent/BlockingQueue.put(Ljava/lang/Object;)V", WORLD + "Waits.put");
        call(executor + ".newSingleThreadScheduledExecutor" + factory + "ScheduledExecutorService;", WORLD + "SimulatedExecutor.scheduled");
        call(executor + ".newFixedThreadPool(ILjava/util/concurrent/ThreadFactory;)Ljava/util/concurrent/ExecutorService;", WORLD + "SimulatedExecutor.fixed");
        call(executor + ".newCachedThreadPool" + factory + "ExecutorService;", WORLD + "SimulatedExecutor.any");
        call(executor + ".newSingleThreadExecutor" + factory + "ExecutorService;", WORLD + "SimulatedExecutor.any");
        call("java/io/PrintStream.println(Ljava/lang/String;)V", WORLD + "Output.println");
        call("java/io/PrintStream.printf(Ljava/lang/String;[Ljava/lang/Object;)Ljava/io/PrintStream;", WORLD + "Output.printf");
        call("java/util/Map.copyOf(Ljava/util/Map;)Ljava/util/Map;", WORLD + "Orders.copyOf");
        file("exists()Z");
        file("length()J");
        file("delete()Z");
        file("renameTo(Ljava/io/File;)Z");
        file("mkdirs()Z");
        file("listFiles()[Ljava/io/File;");
        file("isDirectory()Z");
        file("lastModified()J");
        path("createDirectories(Ljava/nio/file/Path;[Ljava/nio/file/attribute/FileAttribute;)Ljava/nio/file/Path;");
        path("exists(Ljava/nio/file/Path;[Ljava/nio/file/LinkOption;)Z");
        path("isRegularFile(Ljava/nio/file/Path;[Ljava/nio/file/LinkOption;)Z");
        path("readString(Ljava/nio/file/Path;)Ljava/lang/String;");
        path("move(Ljava/nio/file/Path;Ljava/nio/file/Path;[Ljava/nio/file/CopyOption;)Ljava/nio/file/Path;");
        call("java/nio/channels/FileChannel.open(Ljava/nio/file/Path;[Ljava/nio/file/OpenOption;)Ljava/nio/channels/FileChannel;", DISK + "PathCalls.open");
        call("java/nio/MappedByteBuffer.force()Ljava/nio/MappedByteBuffer;", DISK + "FileCalls.force");
        call("io/openmessaging/storage/dledger/store/file/DefaultMmapFile.clean(Ljava/nio/ByteBuffer;)V", DISK + "FileCalls.clean");
    }

    private Seams() {
    }

    private static void call(String call, String target) {
        int dot = target.lastIndexOf('.');
        CALLS.put(call, new Target(target.substring(0, dot), target.substring(dot + 1)));
    }

    private static void file(String method) {
        call("java/io/File." + method, DISK + "FileCalls." + method.substring(0, method.indexOf('(')));
    }

    private static void path(String method) {
        call("java/nio/file/Files." + method, DISK + "PathCalls." + method.substring(0, method.indexOf('(')));
    }

    static Target of(String owner, String name, String descriptor) {
        return CALLS.get(owner + "." + name + descriptor);
    }

    /** Thread.sleep is also called through the names of its subclasses. */
    static Target ofSleep() {
        return CALLS.get("java/lang/Thread.sleep(J)V");
    }
}
