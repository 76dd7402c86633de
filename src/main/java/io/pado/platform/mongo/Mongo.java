package io.pado.platform.mongo;

import com.mongodb.MongoClientSettings;
import com.mongodb.MongoException;
import com.mongodb.TransactionOptions;
import com.mongodb.WriteConcern;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import com.mongodb.event.ClusterDescriptionChangedEvent;
import com.mongodb.event.ClusterListener;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.bson.Document;
import org.bson.UuidRepresentation;

/**
 * The one client of MongoDB: a pool of connections, and threads that look after the servers. It is made when first used, without waiting for a
 * server; whoever uses it then waits at most {@code pado.mongo.timeout}, and gets a {@link MongoException}. Thread-safe.
 */
@ApplicationScoped
public class Mongo {

    private static final Logger LOG = Logger.getLogger(Mongo.class.getName());
    /** Tells of each connection, and of an absent server each time it looks; kept here, since the log manager forgets loggers that nobody holds. */
    private static final Logger DRIVER = Logger.getLogger("org.mongodb.driver");
    private static final int PING_MILLIS = 1_000;

    private final MongoClient client;
    private final MongoDatabase database;
    private final TransactionOptions limits;

    @Inject
    Mongo(MongoConfig config) {
        DRIVER.setLevel(Level.SEVERE);
        client = MongoClients.create(settings(config));
        database = client.getDatabase(config.database());
        limits = TransactionOptions.builder().timeout((long) config.timeoutMillis(), TimeUnit.MILLISECONDS).build();
    }

    /** For the container's proxy only. */
    protected Mongo() {
        client = null;
        database = null;
        limits = null;
    }

    /** @return the database that the setting names, or {@code pado} */
    public MongoDatabase database() {
        return database;
    }

    /**
     * Does something in one transaction. What may succeed if it is repeated is repeated, for {@code pado.mongo.timeout}; to take it back may take as long
     * again.
     *
     * @throws MongoException if MongoDB is away, or refuses; it may be done all the same
     */
    public <T> T inTransaction(Function<ClientSession, T> task) {
        try (ClientSession session = client.startSession()) {
            return session.withTransaction(() -> task.apply(session), limits);
        }
    }

    /** @return whether MongoDB answers now; waits a second at most */
    public boolean answers() {
        try {
            return database.withTimeout(PING_MILLIS, TimeUnit.MILLISECONDS).runCommand(new Document("ping", 1)).getDouble("ok") == 1;
        } catch (MongoException away) {
            return false;
        }
    }

    @PreDestroy
    void close() {
        client.close();
    }

    /** What stands in the URL wins. */
    private static MongoClientSettings settings(MongoConfig config) {
        int patience = config.timeoutMillis();
        return MongoClientSettings.builder()
                .applicationName("pado")
                .uuidRepresentation(UuidRepresentation.STANDARD)
                .writeConcern(WriteConcern.MAJORITY)
                .applyToClusterSettings(cluster -> cluster.serverSelectionTimeout(patience, TimeUnit.MILLISECONDS).addClusterListener(new Teller()))
                .applyToConnectionPoolSettings(pool -> pool.maxWaitTime(patience, TimeUnit.MILLISECONDS))
                .applyToSocketSettings(socket -> socket.connectTimeout(patience, TimeUnit.MILLISECONDS).readTimeout(patience, TimeUnit.MILLISECONDS))
                .applyConnectionString(config.address())
                .build();
    }

    /** Tells once that MongoDB is there or away, instead of the driver, which repeats itself. */
    private static final class Teller implements ClusterListener {

        @Override
        public void clusterDescriptionChanged(ClusterDescriptionChangedEvent event) {
            boolean writable = event.getNewDescription().hasWritableServer();
            if (writable != event.getPreviousDescription().hasWritableServer()) {
                LOG.log(writable ? Level.INFO : Level.WARNING, writable ? "MongoDB is there" : "MongoDB is away: no server takes writes");
            }
        }
    }
}
