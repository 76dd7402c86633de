package io.pado.platform.queue.redis;

import io.pado.platform.redis.Redis;
import java.util.Map;
import org.eclipse.microprofile.reactive.messaging.Message;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.XAddParams;

/** Appends messages to a Redis stream: acks what Redis took, nacks the rest. */
final class StreamWriter {

    private final Redis redis;
    private final String stream;

    StreamWriter(Redis redis, String stream) {
        this.redis = redis;
        this.stream = stream;
    }

    /** Never throws: that would end the channel. */
    void write(Message<?> message) {
        try {
            redis.commands().xadd(stream, XAddParams.xAddParams(), Map.of(StreamReader.FIELD, String.valueOf(message.getPayload())));
        } catch (JedisException away) {
            message.nack(away);
            return;
        }
        message.ack();
    }
}
