package io.pado.realtime.sse;

import io.pado.realtime.Envelope;
import io.pado.realtime.Notice;
import io.pado.realtime.Wire;
import io.pado.realtime.topic.EventText;
import jakarta.enterprise.context.ApplicationScoped;

/** The generic stream's frames: unnamed events, whose JSON says what they are, as over a WebSocket. */
@ApplicationScoped
public class TopicWire implements Wire {

    private static final byte[] HEARTBEAT = new SseFrame().comment("hb").bytes();

    @Override
    public byte[] event(Envelope envelope) {
        return new SseFrame().id(envelope.id().toString()).data(EventText.of(envelope)).bytes();
    }

    @Override
    public byte[] notice(Notice notice) {
        return new SseFrame().data(EventText.of(notice)).bytes();
    }

    @Override
    public byte[] heartbeat() {
        return HEARTBEAT;
    }
}
