package dev.unkai.simulation;

import io.grpc.stub.ServerCallStreamObserver;

/** The cloud's end of a simulated call: nothing is held back in it. */
abstract class SimulatedCall<T> extends ServerCallStreamObserver<T> {
    private Runnable cancelled = () -> {};

    /** Tells the cloud that the other end is gone. */
    final void cancelled() {
        cancelled.run();
    }

    @Override
    public final void setOnCancelHandler(Runnable handler) {
        cancelled = handler;
    }

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public void setOnReadyHandler(Runnable handler) {}

    @Override
    public void setCompression(String compression) {}

    @Override
    public void disableAutoInboundFlowControl() {}

    @Override
    public void disableAutoRequest() {}

    @Override
    public void request(int count) {}

    @Override
    public void setMessageCompression(boolean enable) {}
}
