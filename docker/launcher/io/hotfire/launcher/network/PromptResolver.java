package io.hotfire.launcher.network;

import io.hotfire.launcher.nameserver.NamesrvReturns;
import io.hotfire.launcher.runtime.DaemonThreads;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Names of peers, without keeping everybody waiting for one that is gone. RocketMQ's and DLedger's clients have one thread each that sends
 * all they send (NettyRemotingClient, NettyClientSelector_1), and it looks up names: Docker does not know a stopped container, asks
 * the DNS servers beyond, and until they have answered, in 30 to 300 ms or in 4 s, a leader sends no heartbeats to anybody. On that thread a
 * name that was not found is not waited for: it is looked up beside, and found the next time. All other threads ask as ever.
 * META-INF/services names this class to Java.
 */
public final class PromptResolver extends InetAddressResolverProvider implements InetAddressResolver {
    /** Java lets one thread at a time ask for a name, so that whoever else asks often must not wait either. */
    private static final List<String> PROMPT_THREADS = List.of("NettyClientSelector_", NamesrvReturns.THREAD);
    /** For a name that was never asked for, and for one that was there when it was last asked for. */
    private static final long FIRST_WAIT_MS = 1000;
    private static final long WAIT_MS = 200;
    /** So long it is remembered that a name was not found, since it was last asked for; and an address that was found meanwhile. */
    private static final long REMEMBERED_MS = 1000;
    /** A lookup that hangs is not the last one: the name may be there by now. */
    private static final long HANGS_AFTER_MS = 250;
    private static final int MOST_AT_ONCE = 8;
    /** More names than any cluster has; the rest is asked as ever. */
    private static final int MOST_NAMES = 1000;

    private final Map<String, Name> names = new ConcurrentHashMap<>();
    private final ExecutorService lookups = DaemonThreads.pool("HotfireNames");
    private InetAddressResolver builtin;

    @Override
    public InetAddressResolver get(Configuration configuration) {
        builtin = configuration.builtinResolver();
        return this;
    }

    @Override
    public String name() {
        return "hotfire";
    }

    @Override
    public String lookupByAddress(byte[] address) throws UnknownHostException {
        return builtin.lookupByAddress(address);
    }

    @Override
    public Stream<InetAddress> lookupByName(String host, LookupPolicy policy) throws UnknownHostException {
        String key = host + ' ' + policy.characteristics();
        Name name = names.get(key);
        if (name == null) {
            if (names.size() >= MOST_NAMES) {
                return builtin.lookupByName(host, policy);
            }
            name = names.computeIfAbsent(key, unused -> new Name(host, policy));
        }
        boolean isPrompt = PROMPT_THREADS.stream().anyMatch(Thread.currentThread().getName()::startsWith);
        return (isPrompt ? name.promptly() : name.patiently()).stream();
    }

    private final class Name {
        private final String host;
        private final LookupPolicy policy;
        private CompletableFuture<List<InetAddress>> lookup;
        private long startedAt;
        private int running;
        /** Of the newest lookup that ended: one that hangs may end after it. */
        private List<InetAddress> found;
        private long beganAt;
        private long endedAt;
        private boolean wasMissed;
        private long missedAt;

        Name(String host, LookupPolicy policy) {
            this.host = host;
            this.policy = policy;
        }

        List<InetAddress> patiently() throws UnknownHostException {
            long began = System.nanoTime();
            try {
                List<InetAddress> addresses = builtin.lookupByName(host, policy).toList();
                ended(began, addresses);
                return addresses;
            } catch (UnknownHostException e) {
                ended(began, null);
                throw e;
            }
        }

        List<InetAddress> promptly() throws UnknownHostException {
            CompletableFuture<List<InetAddress>> mine;
            long waitMs;
            synchronized (this) {
                if (wasMissed && isRecent(missedAt)) {
                    if (found != null && isRecent(endedAt)) {
                        wasMissed = false;
                        return found;
                    }
                    missedAt = System.nanoTime();
                    ask();
                    throw new UnknownHostException(host + " was not found, and is looked up again");
                }
                waitMs = endedAt == 0 ? FIRST_WAIT_MS : WAIT_MS;
                mine = ask();
            }
            try {
                return mine.get(waitMs, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw missed(host + " was not looked up: interrupted");
            } catch (ExecutionException | TimeoutException e) {
                throw missed(e instanceof TimeoutException ? host + " was not found within " + waitMs + " ms" : host + ": not found");
            }
        }

        private synchronized UnknownHostException missed(String why) {
            wasMissed = true;
            missedAt = System.nanoTime();
            return new UnknownHostException(why);
        }

        /** The newest lookup that runs, or a new one. */
        private synchronized CompletableFuture<List<InetAddress>> ask() {
            long now = System.nanoTime();
            boolean hangs = running > 0 && now - startedAt > TimeUnit.MILLISECONDS.toNanos(HANGS_AFTER_MS) && running < MOST_AT_ONCE;
            if (running > 0 && !hangs) {
                return lookup;
            }
            running++;
            startedAt = now;
            CompletableFuture<List<InetAddress>> next = new CompletableFuture<>();
            lookup = next;
            lookups.execute(() -> {
                try {
                    next.complete(patiently());
                } catch (UnknownHostException | RuntimeException e) {
                    next.completeExceptionally(e);
                } finally {
                    over();
                }
            });
            return next;
        }

        private synchronized void over() {
            running--;
        }

        private synchronized void ended(long began, List<InetAddress> addresses) {
            if (endedAt == 0 || began - beganAt >= 0) {
                found = addresses;
                beganAt = began;
                endedAt = System.nanoTime();
            }
        }

        private boolean isRecent(long at) {
            return System.nanoTime() - at < TimeUnit.MILLISECONDS.toNanos(REMEMBERED_MS);
        }
    }
}
