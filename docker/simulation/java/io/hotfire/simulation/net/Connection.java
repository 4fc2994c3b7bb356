package io.hotfire.simulation.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.GenericFutureListener;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;

/** A TCP connection, from the side of the one that accepted it: what the simulated classes see of Netty. */
final class Connection {
    private final List<GenericFutureListener<?>> onClose = new ArrayList<>();
    private final Map<Integer, Consumer<RemotingCommand>> awaited = new HashMap<>();
    private boolean isOpen = true;
    private final Channel channel = proxy(Channel.class, (self, method, arguments) -> switch (method.getName()) {
        case "isActive", "isOpen", "isWritable" -> isOpen;
        case "closeFuture" -> closeFuture();
        case "hashCode" -> System.identityHashCode(self);
        case "equals" -> self == arguments[0];
        case "toString" -> "connection";
        default -> null;
    });
    private final ChannelHandlerContext context = proxy(ChannelHandlerContext.class, (self, method, arguments) -> switch (method.getName()) {
        case "channel" -> channel;
        case "writeAndFlush" -> answer((RemotingCommand) arguments[0]);
        default -> null;
    });

    private ChannelFuture closeFuture() {
        return proxy(ChannelFuture.class, (self, method, arguments) -> {
            if (method.getName().equals("addListener")) {
                onClose.add((GenericFutureListener<?>) arguments[0]);
            }
            return method.getReturnType().isInstance(self) ? self : null;
        });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(Connection.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    ChannelHandlerContext context() {
        return context;
    }

    boolean isOpen() {
        return isOpen;
    }

    void await(int opaque, Consumer<RemotingCommand> onAnswer) {
        awaited.put(opaque, onAnswer);
    }

    Object answer(RemotingCommand response) {
        Consumer<RemotingCommand> onAnswer = awaited.remove(response.getOpaque());
        if (onAnswer != null && isOpen) {
            onAnswer.accept(response);
        }
        return null;
    }

    void close() {
        if (!isOpen) {
            return;
        }
        isOpen = false;
        for (GenericFutureListener<?> listener : onClose) {
            try {
                listener.operationComplete(null);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
