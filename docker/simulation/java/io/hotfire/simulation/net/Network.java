package io.hotfire.simulation.net;

import io.hotfire.simulation.world.Node;
import io.hotfire.simulation.world.World;
import java.util.Arrays;
import java.util.List;
import org.apache.rocketmq.remoting.InvokeCallback;
import org.apache.rocketmq.remoting.netty.NettyRequestProcessor;
import org.apache.rocketmq.remoting.netty.ResponseFuture;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;

/** Messages between nodes: late, lost, in another order, not at all where a link is cut. Node i listens on port {@link #FIRST_PORT} + i. */
public final class Network {
    public static final int FIRST_PORT = 20_000;
    private static final double REFUSED_AFTER_MS = 0.3;
    private static Network current;

    private final World world;
    private final List<Node> nodes;
    private final NodeServer[] servers;
    private final Connection[][] connections;
    private final boolean[][] isCut;
    private final AnswerListener listener;
    private int lostOf1000;

    /** Told of each answer that has arrived. */
    public interface AnswerListener {
        void onAnswer(int asker, int answerer, RemotingCommand request, RemotingCommand response);
    }

    public Network(World world, List<Node> nodes, AnswerListener listener) {
        this.world = world;
        this.nodes = nodes;
        this.listener = listener;
        int size = nodes.size();
        servers = new NodeServer[size];
        connections = new Connection[size][size];
        isCut = new boolean[size][size];
        current = this;
    }

    static Network current() {
        return current;
    }

    void listen(int port, NodeServer server) {
        servers[port - FIRST_PORT] = server;
    }

    /** From now on nothing that the first says reaches the second. */
    public void cut(int from, int to) {
        isCut[from][to] = from != to;
    }

    public void lose(int of1000) {
        lostOf1000 = of1000;
    }

    public void heal() {
        for (boolean[] row : isCut) {
            Arrays.fill(row, false);
        }
        lostOf1000 = 0;
    }

    private boolean isLost(int from, int to) {
        return isCut[from][to] || lostOf1000 > 0 && world.random().nextInt(1000) < lostOf1000;
    }

    private double delayMs() {
        double delay = 0.1 + world.random().nextDouble() * 0.6;
        return lostOf1000 > 0 && world.random().nextInt(20) == 0 ? delay + world.random().nextInt(lostOf1000) : delay;
    }

    void send(int port, RemotingCommand request, long timeoutMs, InvokeCallback callback) {
        if (world.isDead()) {
            return;
        }
        Node asker = world.here();
        Node answerer = nodes.get(port - FIRST_PORT);
        ResponseFuture answer = new ResponseFuture(null, request.getOpaque(), request, timeoutMs, callback, null);
        world.after(timeoutMs, asker, answer::executeInvokeCallback);
        if (!answerer.isUp() && !isCut[asker.id()][answerer.id()]) {
            world.after(REFUSED_AFTER_MS, asker, answer::executeInvokeCallback);
        }
        if (!answerer.isUp() || isLost(asker.id(), answerer.id())) {
            return;
        }
        Connection connection = connection(asker.id(), answerer.id());
        int life = asker.life();
        connection.await(request.getOpaque(), response -> {
            // What a killed process waited for would wake its threads in the life after.
            if (asker.life() == life) {
                back(asker, answerer, request, response, answer);
            }
        });
        world.after(delayMs(), answerer, () -> process(answerer.id(), connection, request));
    }

    private void back(Node asker, Node answerer, RemotingCommand request, RemotingCommand response, ResponseFuture answer) {
        if (world.isDead() || isLost(answerer.id(), asker.id())) {
            return;
        }
        world.after(delayMs(), asker, () -> {
            answer.putResponse(response);
            if (answer.getInvokeCallback() != null) {
                listener.onAnswer(asker.id(), answerer.id(), request, response);
            }
            answer.executeInvokeCallback();
        });
    }

    private void process(int node, Connection connection, RemotingCommand request) {
        NettyRequestProcessor processor = servers[node] == null ? null : servers[node].processor(request.getCode());
        if (processor == null) {
            return;
        }
        try {
            RemotingCommand response = processor.processRequest(connection.context(), request);
            if (response != null) {
                response.setOpaque(request.getOpaque());
                connection.answer(response);
            }
        } catch (Exception e) {
            world.story().tell("n" + node + ": a request failed: " + e);
        }
    }

    /** A request that comes from none of the nodes. */
    public void inject(int node, RemotingCommand request) {
        process(node, new Connection(), request);
    }

    private Connection connection(int from, int to) {
        if (connections[from][to] == null || !connections[from][to].isOpen()) {
            connections[from][to] = new Connection();
        }
        return connections[from][to];
    }

    /** The connections of a killed process are closed, and who is in reach hears of it. */
    public void closeAll(int node) {
        servers[node] = null;
        for (int other = 0; other < nodes.size(); other++) {
            Connection accepted = connections[node][other];
            connections[node][other] = null;
            connections[other][node] = null;
            if (accepted != null && !isCut[node][other]) {
                world.after(0.3 + world.random().nextDouble(), nodes.get(other), accepted::close);
            }
        }
    }
}
