package io.pado.realtime.hub;

import io.pado.realtime.Envelope;
import io.pado.realtime.EventId;
import io.pado.realtime.Notice;
import io.pado.realtime.Wire;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Frames that tests can read: {@code [topic 7]}, {@code [reset epoch]}. */
final class TextWire implements Wire {

    private final long faulty;

    TextWire() {
        this(0);
    }

    /** @param faulty number of an event at which it fails */
    TextWire(long faulty) {
        this.faulty = faulty;
    }

    @Override
    public byte[] event(Envelope envelope) {
        if (envelope.id().sequence() == faulty) {
            throw new IllegalStateException("This wire is to fail");
        }
        return bytes(envelope.topic() + " " + envelope.id().sequence());
    }

    @Override
    public byte[] notice(Notice notice) {
        return bytes(notice.type() + ' ' + notice.reason());
    }

    @Override
    public byte[] heartbeat(Optional<EventId> last) {
        return bytes("heartbeat" + last.map(id -> " " + id.sequence()).orElse(""));
    }

    private static byte[] bytes(String text) {
        return ('[' + text + ']').getBytes(StandardCharsets.UTF_8);
    }
}
