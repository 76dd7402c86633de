package io.pado.realtime.hub;

import io.pado.realtime.Envelope;
import io.pado.realtime.EventId;
import io.pado.realtime.Notice;
import io.pado.realtime.Wire;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/** Frames that tests can read: {@code [topic 7]}, {@code [reset epoch]}. */
final class TextWire implements Wire {

    private final Set<Long> faulty;
    private final long last;

    /** @param faulty numbers of events at which it fails */
    TextWire(Long... faulty) {
        this(Set.of(faulty), 0);
    }

    private TextWire(Set<Long> faulty, long last) {
        this.faulty = faulty;
        this.last = last;
    }

    /** @return one that fails at the last event of its streams */
    static TextWire failsAtTheLast(long last) {
        return new TextWire(Set.of(last), last);
    }

    @Override
    public byte[] event(Envelope envelope) {
        if (faulty.contains(envelope.id().sequence())) {
            throw new IllegalStateException("This wire is to fail");
        }
        return bytes(envelope.topic() + " " + envelope.id().sequence());
    }

    @Override
    public boolean ends(Envelope envelope) {
        return envelope.id().sequence() == last;
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
