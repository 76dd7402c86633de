package io.pado.run;

import java.util.List;

/** A feature that keeps the answers of its runs elsewhere too, before they end. Others need none. */
public interface RunKind {

    /** @return {@link RunRequest#kind()} of its runs */
    String kind();

    /**
     * Keeps what a run has. Called when its conclusion is known, on the node that makes it; if that node is gone, on the one that ends it. The same run
     * may come more than once, and on several nodes.
     *
     * @param run with its text
     * @param how it will end: completed, stopped or failed
     * @return what to tell before the end
     * @throws io.pado.platform.problem.ProblemException if it can never be kept: then the run fails like that
     * @throws Exception if a store is away; it is tried again
     */
    List<RunEvent> keep(RunView run, RunState how) throws Exception;

    /**
     * An event of the feature's own.
     *
     * @param type its name
     * @param json its data
     */
    record RunEvent(String type, String json) {
    }
}
