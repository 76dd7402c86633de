package io.pado.realtime.redis;

import java.util.function.BiConsumer;
import redis.clients.jedis.JedisPubSub;

/**
 * One pub/sub connection's conversation. Jedis reads on the thread that listens; other threads may add and remove channels, one
 * at a time.
 */
final class Subscription extends JedisPubSub {

    private final BiConsumer<Subscription, String> onConfirmed;
    private final BiConsumer<String, String> onText;

    /**
     * @param onConfirmed gets this and each channel whose messages come in from now on
     * @param onText      gets channel and message
     */
    Subscription(BiConsumer<Subscription, String> onConfirmed, BiConsumer<String, String> onText) {
        this.onConfirmed = onConfirmed;
        this.onText = onText;
    }

    @Override
    public void onSubscribe(String channel, int subscribedChannels) {
        onConfirmed.accept(this, channel);
    }

    @Override
    public void onMessage(String channel, String message) {
        onText.accept(channel, message);
    }
}
