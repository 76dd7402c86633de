package io.pado.bench;

import java.io.IOException;

/** A connection by which events reach topics of single readers, without waiting for the answer of the one before. */
interface TopicPublisher extends AutoCloseable {

    /**
     * @param reader whose topic
     * @param number which of its topics, from 0; a server with one channel for each reader takes no notice
     * @throws IOException if the server refused an earlier event, or has gone
     */
    void publish(int reader, int number, byte[] json) throws IOException;

    @Override
    void close() throws IOException;
}
