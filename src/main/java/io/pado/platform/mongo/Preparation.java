package io.pado.platform.mongo;

/** What a feature wants done when MongoDB is there. Each bean of this type is called after the start and then every minute, on each node. */
public interface Preparation {

    /** Does what is not done yet. It is called again after a failure. */
    void prepare();
}
