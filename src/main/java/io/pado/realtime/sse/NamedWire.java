package io.pado.realtime.sse;

import io.pado.realtime.Envelope;
import io.pado.realtime.EventId;
import io.pado.realtime.Notice;
import io.pado.realtime.topic.EventText;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Named events: {@code event:} is the event's type, {@code data:} its JSON as it was published. Notices are named by their type, with the JSON of
 * the generic endpoints. Make one for each endpoint, for as long as the application runs: its readers share the frames.
 */
public class NamedWire extends SseWire {

    private final Optional<Supplier<SseFrame>> heartbeat;

    /** With comments as heartbeats. */
    public NamedWire() {
        this.heartbeat = Optional.empty();
    }

    /** @param heartbeat makes the heartbeats of this endpoint */
    public NamedWire(Supplier<SseFrame> heartbeat) {
        this.heartbeat = Optional.of(heartbeat);
    }

    @Override
    protected SseFrame frame(Envelope envelope) {
        return new SseFrame().id(envelope.id().toString()).event(envelope.type()).data(envelope.json());
    }

    @Override
    protected SseFrame frame(Notice notice) {
        return new SseFrame().event(notice.type()).data(EventText.of(notice));
    }

    @Override
    protected SseFrame heartbeatFrame(Optional<EventId> last) {
        return heartbeat.map(Supplier::get).orElseGet(() -> super.heartbeatFrame(last));
    }
}
