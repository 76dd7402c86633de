package io.pado.realtime.sse;

import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.time.Instant;
import java.util.List;

/**
 * First event of a channel stream (spec system 3).
 *
 * @param type         always {@code connection_ack}
 * @param clientId     as in the request
 * @param channels     names
 * @param connectionId of this stream
 * @param timestamp    ISO-8601, UTC
 */
@JsonbPropertyOrder({"type", "client_id", "channels", "connectionId", "timestamp"})
public record ConnectionAck(String type, @JsonbProperty("client_id") String clientId, List<String> channels,
        String connectionId, Instant timestamp) {

    ConnectionAck(String clientId, List<String> channels, String connectionId, Instant timestamp) {
        this("connection_ack", clientId, channels, connectionId, timestamp);
    }
}
