package io.pado.realtime.stream;

import io.pado.realtime.CloseReason;
import io.pado.realtime.Connection;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** A connection that was let in: whoever counted it learns of its end, once, before it is closed. */
final class EnteredConnection implements Connection {

    private final Connection carrier;
    private final AtomicReference<Consumer<CloseReason>> onClose = new AtomicReference<>();

    EnteredConnection(Connection carrier) {
        this.carrier = carrier;
    }

    /** Must be called before others know this connection. */
    void onClose(Consumer<CloseReason> task) {
        onClose.set(task);
    }

    @Override
    public boolean write(List<byte[]> frames, Runnable later) throws IOException {
        return carrier.write(frames, later);
    }

    @Override
    public void close(CloseReason reason) {
        Consumer<CloseReason> leaving = onClose.getAndSet(null);
        if (leaving != null) {
            try {
                leaving.accept(reason);
            } finally {
                carrier.close(reason);
            }
        }
    }
}
