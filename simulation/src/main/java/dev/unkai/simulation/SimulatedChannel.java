package dev.unkai.simulation;

import dev.unkai.wire.node.HostPlan;
import dev.unkai.wire.node.NodeLinkGrpc;
import dev.unkai.wire.node.NodeMessage;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The node's end of the network: each call becomes a cable to one of the cloud processes. */
final class SimulatedChannel extends ManagedChannel {
    private final Cables cables;
    private final SimulatedHost host;
    private final Life node;

    SimulatedChannel(Cables cables, SimulatedHost host, Life node) {
        this.cables = cables;
        this.host = host;
        this.node = node;
    }

    @Override
    @SuppressWarnings("unchecked") // the method's descriptor says which types these are
    public <Q, A> ClientCall<Q, A> newCall(MethodDescriptor<Q, A> method, CallOptions options) {
        if (method != (Object) NodeLinkGrpc.getAttachMethod()) {
            throw new UnsupportedOperationException(method.getFullMethodName());
        }
        return (ClientCall<Q, A>) new Attach();
    }

    private final class Attach extends ClientCall<NodeMessage, HostPlan> {
        private @Nullable Cable cable;

        @Override
        public void start(Listener<HostPlan> listener, Metadata headers) {
            cable = cables.plug(host, node, listener);
        }

        @Override
        public void sendMessage(NodeMessage message) {
            if (cable != null) {
                cable.up(message);
            }
        }

        @Override
        public void request(int number) {}

        @Override
        public void cancel(@Nullable String message, @Nullable Throwable cause) {
            if (cable != null) {
                cable.breaks();
            }
        }

        @Override
        public void halfClose() {}
    }

    @Override
    public String authority() {
        return "simulation";
    }

    @Override
    public ManagedChannel shutdown() {
        return this;
    }

    @Override
    public ManagedChannel shutdownNow() {
        return this;
    }

    @Override
    public boolean isShutdown() {
        return node.isOver();
    }

    @Override
    public boolean isTerminated() {
        return node.isOver();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return true;
    }
}
