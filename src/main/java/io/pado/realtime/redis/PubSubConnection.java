package io.pado.realtime.redis;

import io.pado.platform.redis.Redis;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import redis.clients.jedis.Connection;
import redis.clients.jedis.JedisPubSub;

/**
 * One pub/sub connection's conversation. Jedis reads on the thread that listens; other threads may add and remove channels, one
 * at a time.
 */
public final class PubSubConnection extends JedisPubSub {

    private static final Logger LOG = Logger.getLogger(PubSubConnection.class.getName());
    /** After so long without a sign of life, not even an answer, Redis counts as gone. */
    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(8);

    /** A channel that nobody has subscribed to. */
    private static final String NOTHING = "pado:nothing";

    private final Connection connection;
    private final BiConsumer<PubSubConnection, String> onConfirmed;
    private final BiConsumer<String, String> onText;
    private volatile long heardAt = System.nanoTime();

    /** @param connection of its own; Jedis reads from it without a time limit, whatever it was opened with */
    private PubSubConnection(Connection connection, BiConsumer<PubSubConnection, String> onConfirmed, BiConsumer<String, String> onText) {
        this.connection = connection;
        this.onConfirmed = onConfirmed;
        this.onText = onText;
    }

    /**
     * Opens a connection and listens until it ends, which is reported by an exception.
     *
     * @param onConfirmed gets the connection's conversation, and each channel whose messages come in from now on
     * @param onText      gets channel and message
     */
    public static void listen(Redis redis, BiConsumer<PubSubConnection, String> onConfirmed, BiConsumer<String, String> onText, String... channels) {
        try (Connection connection = redis.listening()) {
            new PubSubConnection(connection, onConfirmed, onText).proceed(connection, channels);
        }
    }

    /** Asks for a sign of life, or ends the connection if there was none for too long. */
    public void check() {
        if (!endIfSilent()) {
            ask();
        }
    }

    /** @return whether there was no sign of life for too long, and the connection is ended */
    boolean endIfSilent() {
        boolean silent = System.nanoTime() - heardAt >= SILENCE_NANOS;
        if (silent) {
            disconnect();
        }
        return silent;
    }

    /** Asks for a sign of life. Unlike a ping Redis answers this also while it refuses writes because it cannot save. */
    void ask() {
        unsubscribe(NOTHING);
    }

    /** Ends the connection, and so the listening. */
    public void disconnect() {
        try {
            connection.forceDisconnect();
        } catch (IOException broken) {
            LOG.log(Level.FINE, "A silent connection to Redis had ended already", broken);
        }
    }

    @Override
    public void onUnsubscribe(String channel, int subscribedChannels) {
        heardAt = System.nanoTime();
    }

    @Override
    public void onSubscribe(String channel, int subscribedChannels) {
        onConfirmed.accept(this, channel);
    }

    @Override
    public void onMessage(String channel, String message) {
        heardAt = System.nanoTime();
        onText.accept(channel, message);
    }
}
