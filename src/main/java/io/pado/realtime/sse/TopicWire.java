package io.pado.realtime.sse;

import io.pado.realtime.Envelope;
import io.pado.realtime.Notice;
import io.pado.realtime.topic.EventText;
import jakarta.enterprise.context.ApplicationScoped;

/** The generic stream's frames: unnamed events, whose JSON says what they are, as over a WebSocket. */
@ApplicationScoped
public class TopicWire extends SseWire {

    @Override
    protected SseFrame frame(Envelope envelope) {
        return new SseFrame().id(envelope.id().toString()).data(EventText.of(envelope));
    }

    @Override
    protected SseFrame frame(Notice notice) {
        return new SseFrame().data(EventText.of(notice));
    }
}
