package io.hotfire.simulation.net;

import org.apache.rocketmq.remoting.ChannelEventListener;
import org.apache.rocketmq.remoting.InvokeCallback;
import org.apache.rocketmq.remoting.netty.NettyClientConfig;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;

/** In place of NettyRemotingClient: requests into the network. */
public final class NodeClient {
    public NodeClient(NettyClientConfig config, ChannelEventListener listener) {
    }

    public void invokeAsync(String address, RemotingCommand request, long timeoutMillis, InvokeCallback callback) {
        Network.current().send(Integer.parseInt(address.substring(address.lastIndexOf(':') + 1)), request, timeoutMillis, callback);
    }

    public RemotingCommand invokeSync(String address, RemotingCommand request, long timeoutMillis) {
        throw new UnsupportedOperationException("no simulated class waits for an answer this way");
    }

    public void start() {
    }

    public void shutdown() {
    }
}
