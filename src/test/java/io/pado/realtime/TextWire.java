package io.pado.realtime;

import java.nio.charset.StandardCharsets;

/** Frames that tests can read: {@code [topic 7]}, {@code [reset epoch]}. */
final class TextWire implements Wire {

    @Override
    public byte[] event(Envelope envelope) {
        return bytes(envelope.topic() + " " + envelope.id().sequence());
    }

    @Override
    public byte[] notice(Notice notice) {
        return bytes(notice.type() + ' ' + notice.reason());
    }

    @Override
    public byte[] heartbeat() {
        return bytes("heartbeat");
    }

    private static byte[] bytes(String text) {
        return ('[' + text + ']').getBytes(StandardCharsets.UTF_8);
    }
}
