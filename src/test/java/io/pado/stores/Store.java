package io.pado.stores;

import java.util.Map;

/**
 * One data store that answers: started by us or joined. It is ready when it exists and stays so until it is closed.
 * Closing twice does nothing.
 */
public interface Store extends AutoCloseable {

    /** The product's name as a person reads it, such as {@code PostgreSQL}. */
    String name();

    /** Where it listens, without any secret, such as {@code 127.0.0.1:15432}. */
    String address();

    /** Whether this process started it; such a store ends with this process. */
    boolean embedded();

    /** The MicroProfile Config settings with which the server reaches it. */
    Map<String, String> settings();

    @Override
    void close();
}
