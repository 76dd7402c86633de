package io.pado.channel;

import io.pado.realtime.Envelope;
import io.pado.realtime.Notice;
import io.pado.realtime.sse.SseFrame;
import io.pado.realtime.sse.SseWire;
import io.pado.realtime.topic.EventText;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Set;

/** System 3's frames: unnamed events, so that {@code EventSource.onmessage} gets them; the JSON says what they are. */
@ApplicationScoped
public class ChannelWire extends SseWire {

    private final Channels channels;

    @Inject
    ChannelWire(Channels channels) {
        this.channels = channels;
    }

    /** For the container's proxy only. */
    protected ChannelWire() {
        this(null);
    }

    @Override
    protected SseFrame frame(Envelope envelope) {
        String text = channels.carrying(envelope.topic()).text().apply(envelope);
        return new SseFrame().id(envelope.id().toString()).data(text);
    }

    @Override
    protected SseFrame frame(Notice notice) {
        // Topics are not a word of system 3.
        Notice said = new Notice(notice.type(), notice.reason(), notice.detail(), Set.of(), notice.counts());
        return new SseFrame().data(EventText.of(said));
    }
}
