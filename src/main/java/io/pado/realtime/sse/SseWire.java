package io.pado.realtime.sse;

import io.pado.realtime.Envelope;
import io.pado.realtime.EventId;
import io.pado.realtime.Notice;
import io.pado.realtime.Wire;
import java.util.Optional;

/** A wire of event streams. */
public abstract class SseWire implements Wire {

    private static final String HEARTBEAT = "hb";

    /** @return the frame of an event, with its id */
    protected abstract SseFrame frame(Envelope envelope);

    /** @return the frame of a notice */
    protected abstract SseFrame frame(Notice notice);

    @Override
    public byte[] event(Envelope envelope) {
        return frame(envelope).bytes();
    }

    @Override
    public byte[] notice(Notice notice) {
        return frame(notice).bytes();
    }

    @Override
    public byte[] heartbeat(Optional<EventId> last) {
        return heartbeatFrame(last).bytes();
    }

    /** @return the frame of a heartbeat: a comment, unless the endpoint has another form */
    protected SseFrame heartbeatFrame(Optional<EventId> last) {
        return new SseFrame().comment(last.map(id -> HEARTBEAT + ' ' + id).orElse(HEARTBEAT));
    }
}
