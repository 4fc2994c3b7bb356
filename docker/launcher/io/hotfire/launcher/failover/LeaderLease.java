package io.hotfire.launcher.failover;

import io.openmessaging.storage.dledger.MemberState;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.rocketmq.common.AbortProcessException;
import org.apache.rocketmq.common.MixAll;
import org.apache.rocketmq.remoting.RPCHook;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.apache.rocketmq.remoting.protocol.RequestCode;
import org.apache.rocketmq.remoting.protocol.ResponseCode;
import org.apache.rocketmq.remoting.protocol.header.namesrv.RegisterBrokerRequestHeader;

/**
 * Holds back a registration as master by a broker that has not heard of a majority lately. A leader that was frozen wakes up with its
 * timer for registration due, and would take the route from its successor; one that is cut off from its peers but not from
 * the name servers would do so every 10 s.
 */
final class LeaderLease implements RPCHook {
    private final MemberState member;
    private final LongSupplier patienceMs;
    private final Map<String, Long> heard = new ConcurrentHashMap<>();

    LeaderLease(MemberState member, LongSupplier patienceMs) {
        this.member = member;
        this.patienceMs = patienceMs;
    }

    /** A peer has answered this broker as its leader, or as a candidate; returns whether it was out of reach before. */
    boolean heard(String peer) {
        long now = System.nanoTime();
        Long before = heard.put(peer, now);
        return before != null && now - before > TimeUnit.MILLISECONDS.toNanos(patienceMs.getAsLong());
    }

    private boolean isBacked() {
        long now = System.nanoTime();
        long patience = TimeUnit.MILLISECONDS.toNanos(patienceMs.getAsLong());
        long others = heard.values().stream().filter(at -> now - at <= patience).count();
        return member.isLeader() && member.isQuorum((int) others + 1);
    }

    @Override
    public void doBeforeRequest(String address, RemotingCommand request) {
        if (request.getCode() == RequestCode.REGISTER_BROKER
            && request.readCustomHeader() instanceof RegisterBrokerRequestHeader header
            && header.getBrokerId() == MixAll.MASTER_ID && !isBacked()) {
            throw new AbortProcessException(ResponseCode.SYSTEM_ERROR, "not registered as master: no majority has answered lately");
        }
    }

    @Override
    public void doAfterResponse(String address, RemotingCommand request, RemotingCommand response) {
    }
}
