package io.pado.stores;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.bson.Document;

/** MongoDB, the store of rooms, messages, bookings and notifications. */
final class MongoKind implements StoreKind {

    static final String URL = "pado.mongo.url";
    static final String PORT = "pado.mongo.port";

    private static final int DEFAULT_PORT = 17_017;
    private static final int PATIENCE_SECONDS = 5;

    @Override
    public String name() {
        return "MongoDB";
    }

    @Override
    public String urlSetting() {
        return URL;
    }

    @Override
    public Store start(Settings settings, DataDirectory data) {
        return MongoStore.start(this, Ports.forStore(settings, PORT, DEFAULT_PORT, this), data);
    }

    @Override
    public Store join(Settings settings) {
        String given = settings.get(URL, url(settings.port(PORT, DEFAULT_PORT)));
        ConnectionString url = parse(given);
        String address = String.join(",", url.getHosts());
        try (MongoClient mongo = client(url, PATIENCE_SECONDS)) {
            mongo.getDatabase("admin").runCommand(new Document("ping", 1));
        } catch (MongoException silent) {
            throw noAnswer(settings, address, reason(silent), silent);
        }
        return new OutsideStore(name(), address, Map.of(URL, given));
    }

    static String url(int port) {
        return "mongodb://127.0.0.1:" + port + "/pado?replicaSet=rs0";
    }

    static MongoClient client(ConnectionString url, int seconds) {
        return MongoClients.create(MongoClientSettings.builder().applyConnectionString(url)
                .applyToClusterSettings(cluster -> cluster.serverSelectionTimeout(seconds, TimeUnit.SECONDS)).build());
    }

    private static ConnectionString parse(String given) {
        try {
            return new ConnectionString(given);
        } catch (IllegalArgumentException notAUrl) {
            // Its message might repeat the URL, and with it a password in it.
            throw new StoreFailure("The setting %s (%s) must look like mongodb://host:27017/pado?replicaSet=rs0."
                    .formatted(URL, Settings.environmentName(URL)));
        }
    }

    /** The driver tells at length of all servers and what it knows of them; what went wrong stands behind the last exception. */
    private static String reason(MongoException failure) {
        String message = String.valueOf(failure.getMessage());
        int last = message.lastIndexOf("caused by {");
        return last < 0 ? message.split("\\. Client view")[0] : message.substring(last + "caused by {".length()).replaceFirst("[{}\\]]+$", "");
    }
}
