package io.pado.channel;

import io.pado.identity.Caller;
import io.pado.realtime.sse.OpenStream;
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
 * @param recovered    whether the stream goes on where the reader was, with nothing lost in between
 * @param gaps         channels of which events in between are no longer kept
 * @param epoch        name of the log
 */
@JsonbPropertyOrder({"type", "client_id", "channels", "connectionId", "timestamp", "userId", "roles", "recovered", "gaps", "epoch"})
public record ConnectionAck(String type, @JsonbProperty("client_id") String clientId, List<String> channels, String connectionId,
        Instant timestamp, Long userId, List<String> roles, boolean recovered, List<String> gaps, String epoch) {

    /** @param gaps channels of which the join found no complete history */
    static ConnectionAck of(String clientId, List<String> channels, OpenStream stream, Instant timestamp, List<String> gaps) {
        Caller caller = stream.caller();
        Long userId = caller.userId().isPresent() ? caller.userId().getAsLong() : null;
        return new ConnectionAck("connection_ack", clientId, channels, stream.id(), timestamp, userId,
                caller.roles().stream().sorted().toList(), stream.recovered(), gaps, stream.place().epoch());
    }
}
