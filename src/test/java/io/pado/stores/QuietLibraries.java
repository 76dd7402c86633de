package io.pado.stores;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Silences what the libraries log about starting, probing and ending stores: here every outcome becomes a line of progress or
 * the one sentence of a {@link StoreFailure}.
 */
final class QuietLibraries {

    /** Kept here, because the log manager forgets the level of a logger that nobody holds. */
    private static final List<Logger> LOGGERS = List.of(Logger.getLogger("io.zonky.test.db.postgres"),
            Logger.getLogger("org.postgresql"), Logger.getLogger("redis.clients.jedis"), Logger.getLogger("redis.embedded"),
            Logger.getLogger("org.mongodb.driver"), Logger.getLogger("de.bwaldvogel.mongo"), Logger.getLogger("io.netty"), Logger.getLogger("org.flywaydb"),
            Logger.getLogger("org.apache.kafka"), Logger.getLogger("kafka"), Logger.getLogger("state.change.logger"));

    private QuietLibraries() {
    }

    static void apply() {
        LOGGERS.forEach(logger -> logger.setLevel(Level.OFF));
    }
}
