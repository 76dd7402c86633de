package io.pado.platform.model;

/** One answer in the making. */
public interface ModelCall {

    /**
     * Closes the connection to the model at once, also before the first byte, and ends the answer as stopped, after what had come before. After the
     * end, and the second time, it does nothing. Any thread, any time.
     */
    void stop();
}
