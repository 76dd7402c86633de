package io.pado.platform.redis;

import java.util.concurrent.atomic.AtomicLong;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Connection;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.executors.CommandExecutor;
import redis.clients.jedis.providers.ConnectionProvider;
import redis.clients.jedis.util.Pool;

/**
 * Gives each command a connection of the pool. Connections usually end all together: a restart, a fail-over, a proxy that is loaded anew. So when one
 * turns out to be broken, those that rest are closed too, and no other command meets one of them. Thread-safe.
 */
final class PoolCommands implements CommandExecutor {

    private final ConnectionProvider connections;
    private final AtomicLong purges = new AtomicLong();

    PoolCommands(ConnectionProvider connections) {
        this.connections = connections;
    }

    @Override
    public <T> T executeCommand(CommandObject<T> command) {
        long purgesBefore = purges.get();
        // That none is free, or none can be made, says nothing of those that rest.
        try (Connection connection = connections.getConnection(command.getArguments())) {
            return execute(command, connection, purgesBefore);
        }
    }

    private <T> T execute(CommandObject<T> command, Connection connection, long purgesBefore) {
        try {
            return connection.executeCommand(command);
        } catch (JedisConnectionException broken) {
            // Before it is given back: the pool opens another one in its place then.
            purge(purgesBefore);
            throw broken;
        }
    }

    /** Not if others did so since the broken connection was taken: those that rest now are younger. */
    private synchronized void purge(long purgesBefore) {
        if (purges.get() == purgesBefore) {
            connections.getConnectionMap().values().forEach(PoolCommands::clear);
            purges.incrementAndGet();
        }
    }

    private static void clear(Object pool) {
        ((Pool<?>) pool).clear();
    }

    @Override
    public void close() throws Exception {
        connections.close();
    }
}
