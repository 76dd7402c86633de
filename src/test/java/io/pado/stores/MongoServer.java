package io.pado.stores;

/** A MongoDB server of a {@link MongoStore}, in whatever form. */
interface MongoServer extends AutoCloseable {

    /** Starts, and returns once the server takes writes. */
    void start();

    /** Stops in an orderly way; what was written is there at the next start. */
    void stop();

    /** Connections stay open but nothing is answered, until {@link #resume}. */
    void pause();

    void resume();

    /** Stops for good, and keeps its data if that is wanted. */
    @Override
    void close();
}
