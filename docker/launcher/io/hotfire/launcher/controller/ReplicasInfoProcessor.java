package io.hotfire.launcher.controller;

import io.hotfire.launcher.internals.ControllerModeInternals;
import io.netty.channel.ChannelHandlerContext;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.rocketmq.controller.ControllerManager;
import org.apache.rocketmq.controller.impl.DLedgerController;
import org.apache.rocketmq.controller.impl.event.ControllerResult;
import org.apache.rocketmq.controller.impl.manager.ReplicasInfoManager;
import org.apache.rocketmq.remoting.netty.NettyRequestProcessor;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.apache.rocketmq.remoting.protocol.RemotingSerializable;

/**
 * Lets every controller say what it holds of broker groups, epochs included. RocketMQ's own requests are answered by the leader alone
 * (DLedgerController.EventScheduler.appendEvent: CONTROLLER_NOT_LEADER), so that a follower which counted events twice is not seen
 * before it leads. Answers like CONTROLLER_GET_SYNC_STATE_DATA, but that no broker counts as alive: only the leader hears heartbeats.
 */
public final class ReplicasInfoProcessor implements NettyRequestProcessor {
    /** No code of RocketMQ's; beyond 32,767 its binary header has no room. */
    static final int REQUEST_CODE = 31_001;

    private final ReplicasInfoManager memory;

    ReplicasInfoProcessor(ReplicasInfoManager memory) {
        this.memory = memory;
    }

    /** Before the controller starts. One that is not DLedger's stays as it is. */
    public static void install(ControllerManager manager) {
        if (!(manager.getController() instanceof DLedgerController controller)) {
            return;
        }
        ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
            Thread daemon = new Thread(task, "ControllerMemory");
            daemon.setDaemon(true);
            return daemon;
        });
        controller.getRemotingServer().registerProcessor(REQUEST_CODE, new ReplicasInfoProcessor(ControllerModeInternals.REPLICAS_INFO.get(controller)), thread);
    }

    @Override
    public RemotingCommand processRequest(ChannelHandlerContext context, RemotingCommand request) {
        List<?> groups = RemotingSerializable.decode(request.getBody(), List.class);
        List<String> names = groups == null ? List.of() : groups.stream().map(String::valueOf).toList();
        ControllerResult<Void> result = memory.getSyncStateData(names, (cluster, group, broker) -> false);
        RemotingCommand response = RemotingCommand.createResponseCommand(result.getResponseCode(), result.getRemark());
        response.setBody(result.getBody());
        return response;
    }

    @Override
    public boolean rejectRequest() {
        return false;
    }
}
