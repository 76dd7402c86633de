package io.pado.realtime.websocket.live;

import io.pado.realtime.Envelope;
import io.pado.realtime.EventId;
import io.pado.realtime.Notice;
import io.pado.realtime.Wire;
import io.pado.realtime.topic.EventText;
import io.pado.realtime.websocket.Frames;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Text frames of the generic WebSocket: the same JSON as on the generic SSE stream. */
@ApplicationScoped
public class LiveWire implements Wire {

    @Override
    public byte[] event(Envelope envelope) {
        return Frames.text(EventText.of(envelope));
    }

    @Override
    public byte[] notice(Notice notice) {
        return Frames.text(EventText.of(notice));
    }

    @Override
    public byte[] heartbeat(Optional<EventId> last) {
        return Frames.text(last.map("{\"type\":\"heartbeat\",\"id\":\"%s\"}"::formatted).orElse("{\"type\":\"heartbeat\"}"));
    }
}
