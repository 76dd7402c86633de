package io.pado.bench;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The events that are published: {@code {"pollId":"bench","seq":N,"ts":nanos,"pad":"…"}}, always of the same size. */
final class Payload {
    private static final byte[] TAIL = "\"}".getBytes(StandardCharsets.US_ASCII);

    private final int size;

    /** Events of {@code size} bytes; at least 90, so that number and time stamp always fit. */
    Payload(int size) {
        if (size < 90) {
            throw new IllegalArgumentException("an event needs 90 bytes at least");
        }
        this.size = size;
    }

    /** The event numbered {@code seq}, published now ({@code System.nanoTime}). */
    byte[] event(long seq, long nanos) {
        byte[] event = new byte[size];
        byte[] head = ("{\"pollId\":\"bench\",\"seq\":" + seq + ",\"ts\":" + nanos + ",\"pad\":\"")
                .getBytes(StandardCharsets.US_ASCII);
        Arrays.fill(event, (byte) 'x');
        System.arraycopy(head, 0, event, 0, head.length);
        System.arraycopy(TAIL, 0, event, size - TAIL.length, TAIL.length);
        return event;
    }
}
