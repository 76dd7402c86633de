package io.pado.realtime.sse.carrier;

import io.pado.realtime.CloseReason;
import io.pado.realtime.Connection;
import io.pado.realtime.Frame;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** The stream of a request whose resource has a sink: what fails there is told to those who listen to the broadcaster. */
record SinkStream(Connection response, Consumer<IOException> onError) implements Connection {

    @Override
    public boolean write(List<Frame> frames, Runnable later) throws IOException {
        try {
            return response.write(frames, later);
        } catch (IOException failed) {
            onError.accept(failed);
            throw failed;
        }
    }

    @Override
    public void close(CloseReason reason) {
        response.close(reason);
    }
}
