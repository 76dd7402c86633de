package io.pado.realtime.sse.carrier;

import jakarta.ws.rs.sse.SseEventSink;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * A request's sink, which keeps its response.
 *
 * @param onError gets what fails when the stream is written to
 */
public record Sink(SseEventSink sink, Consumer<IOException> onError) {
}
