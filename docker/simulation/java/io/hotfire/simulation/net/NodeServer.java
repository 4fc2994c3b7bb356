package io.hotfire.simulation.net;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import org.apache.rocketmq.remoting.ChannelEventListener;
import org.apache.rocketmq.remoting.netty.NettyRequestProcessor;
import org.apache.rocketmq.remoting.netty.NettyServerConfig;

/** In place of NettyRemotingServer: the processors of one process, reached by the port that it listens on. */
public final class NodeServer {
    private final Map<Integer, NettyRequestProcessor> processors = new HashMap<>();
    private final int port;

    public NodeServer(NettyServerConfig config, ChannelEventListener listener) {
        port = config.getListenPort();
    }

    public void registerProcessor(int code, NettyRequestProcessor processor, ExecutorService executor) {
        processors.put(code, processor);
    }

    NettyRequestProcessor processor(int code) {
        return processors.get(code);
    }

    public void start() {
        Network.current().listen(port, this);
    }

    public void shutdown() {
    }

    public int localListenPort() {
        return port;
    }
}
