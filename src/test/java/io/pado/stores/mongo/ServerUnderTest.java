package io.pado.stores.mongo;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import io.pado.stores.Ports;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.bson.UuidRepresentation;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a client, and a database of their own: of the server that the system property {@code pado.mongo.contract.url} names, otherwise of an
 * embedded one that all of them share.
 */
final class ServerUnderTest implements BeforeAllCallback, ParameterResolver {

    private static final String URL = "pado.mongo.contract.url";
    private static final Namespace NAMESPACE = Namespace.create(ServerUnderTest.class);
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private record Shared(EmbeddedMongo server, MongoClient client) implements AutoCloseable {

        static Shared start() {
            String given = System.getProperty(URL, "");
            if (!given.isEmpty()) {
                return new Shared(null, connect(given));
            }
            EmbeddedMongo server = new EmbeddedMongo(Ports.free());
            server.start();
            return new Shared(server, connect(server.url()));
        }

        @Override
        public void close() {
            client.close();
            if (server != null) {
                server.close();
            }
        }
    }

    static MongoClient connect(String url) {
        return MongoClients.create(MongoClientSettings.builder().uuidRepresentation(UuidRepresentation.STANDARD)
                .applyToClusterSettings(cluster -> cluster.serverSelectionTimeout(5, TimeUnit.SECONDS))
                .applyConnectionString(new ConnectionString(url)).build());
    }

    /** Whether the tests look at the embedded server. */
    static boolean isEmbedded() {
        return System.getProperty(URL, "").isEmpty();
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        shared(context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == MongoClient.class || parameter.getParameter().getType() == MongoDatabase.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        MongoClient client = shared(context).client();
        return parameter.getParameter().getType() == MongoClient.class ? client : fresh(client);
    }

    private static MongoDatabase fresh(MongoClient client) {
        MongoDatabase database = client.getDatabase("pado_contract_" + NUMBERS.incrementAndGet());
        database.drop();
        return database;
    }

    private static Shared shared(ExtensionContext context) {
        return context.getRoot().getStore(NAMESPACE).getOrComputeIfAbsent("shared", name -> Shared.start(), Shared.class);
    }
}
