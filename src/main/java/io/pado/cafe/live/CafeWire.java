package io.pado.cafe.live;

import io.pado.realtime.Envelope;
import io.pado.realtime.EventId;
import io.pado.realtime.Notice;
import io.pado.realtime.Wire;
import io.pado.realtime.websocket.Frames;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Frames of {@code /ws}. Its heartbeat is a ping of the protocol: clients of the café's document know no other frames than events. */
@ApplicationScoped
public class CafeWire implements Wire {

    private static final byte[] HEARTBEAT = Frames.ping();

    @Override
    public byte[] event(Envelope envelope) {
        return Frames.text(CafeText.of(envelope));
    }

    @Override
    public byte[] notice(Notice notice) {
        return Frames.text(CafeText.of(notice));
    }

    @Override
    public byte[] heartbeat(Optional<EventId> last) {
        return HEARTBEAT;
    }
}
