package io.pado.channel;

import io.pado.realtime.Topic;

/**
 * A feature's offer to take in what other programs PUBLISH on a plain Redis channel.
 *
 * @param channel Redis channel: {@code vote_updates}
 * @param topic   where its messages go
 * @param type    what they are, unless the message itself says {@code {"type": …, "data": …}}
 */
public record ForeignChannel(String channel, Topic topic, String type) {
}
