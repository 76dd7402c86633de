package io.pado.platform.mongo;

import com.mongodb.ConnectionString;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Where MongoDB is; the settings' meaning and defaults stand in {@code META-INF/microprofile-config.properties}. */
@ApplicationScoped
public class MongoConfig {

    private static final String DATABASE = "pado";

    @Inject
    @ConfigProperty(name = "pado.mongo.url")
    String url;

    @Inject
    @ConfigProperty(name = "pado.mongo.timeout")
    int timeout;

    /** @throws IllegalArgumentException if the setting has a wrong form; its password is not repeated */
    ConnectionString address() {
        try {
            return new ConnectionString(url.strip());
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("pado.mongo.url must be mongodb://[user:password@]host:port[,…]/database?replicaSet=… or"
                    + " mongodb+srv://…, but is not", null);
        }
    }

    /** @return name of the database: the one of the URL, or {@code pado} */
    String database() {
        String named = address().getDatabase();
        return named == null ? DATABASE : named;
    }

    /** @return how long to wait for a server, a connection or an answer, milliseconds */
    public int timeoutMillis() {
        return timeout;
    }
}
