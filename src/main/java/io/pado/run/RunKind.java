package io.pado.run;

/** A feature whose answers are runs. */
public interface RunKind {

    /** @return {@link RunRequest#kind()} of its runs */
    String kind();

    /**
     * Keeps what a run has, whose maker is gone. Called on the node that ends the run, before it does; maybe more than once, and on several nodes.
     *
     * @param run the text so far
     * @throws Exception if a store is away; it is tried again
     */
    void keep(RunView run) throws Exception;
}
