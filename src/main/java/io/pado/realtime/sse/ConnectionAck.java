package io.pado.realtime.sse;

import io.pado.identity.Caller;
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
 * @param userId       the caller; left out without a token
 * @param roles        the caller's, sorted; empty without a token
 */
@JsonbPropertyOrder({"type", "client_id", "channels", "connectionId", "timestamp", "userId", "roles"})
public record ConnectionAck(String type, @JsonbProperty("client_id") String clientId, List<String> channels,
        String connectionId, Instant timestamp, Long userId, List<String> roles) {

    static ConnectionAck of(String clientId, List<String> channels, String connectionId, Caller caller, Instant timestamp) {
        Long userId = caller.userId().isPresent() ? caller.userId().getAsLong() : null;
        return new ConnectionAck("connection_ack", clientId, channels, connectionId, timestamp, userId,
                caller.roles().stream().sorted().toList());
    }
}
