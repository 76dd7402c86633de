package io.pado.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Server-sent events over HTTP/1.1, with or without chunks. */
final class EventStream implements Transport {
    private static final String TYPE = "text/event-stream";
    private static final int OK = 200;

    @Override
    public byte[] request(int port, String path) {
        String head = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port
                + "\r\nAccept: text/event-stream\r\nCache-Control: no-cache\r\n\r\n";
        return head.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public byte[] text(String text) {
        throw new UnsupportedOperationException("a reader of an event stream cannot speak");
    }

    @Override
    public Body open(ResponseHead head, Messages messages, Output back) throws IOException {
        if (head.status() != OK || !head.header("content-type").startsWith(TYPE)) {
            throw new IOException("status " + head.status() + ", " + head.header("content-type"));
        }
        EventParser events = new EventParser(messages);
        return head.chunked() ? chunked(events) : events::accept;
    }

    private static Body chunked(EventParser events) {
        ChunkedBody chunks = new ChunkedBody();
        return (bytes, from, to) -> {
            chunks.feed(bytes, from, to, events);
            if (chunks.done()) {
                throw new IOException("stream ended by the server");
            }
        };
    }
}
