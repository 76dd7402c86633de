package io.pado.platform.mongo;

/** Our client of a MongoDB, outside of a server. */
public final class TestMongo implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 2_000;

    private final Mongo mongo;

    public TestMongo(String url) {
        MongoConfig config = new MongoConfig();
        config.url = url;
        config.timeout = TIMEOUT_MILLIS;
        mongo = new Mongo(config);
    }

    public Mongo client() {
        return mongo;
    }

    @Override
    public void close() {
        mongo.close();
    }
}
