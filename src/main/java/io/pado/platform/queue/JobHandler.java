package io.pado.platform.queue;

/** Offered by a feature, as a CDI bean: does the jobs of one kind. Called on threads that may wait, by several at a time. */
public interface JobHandler {

    /** @return which jobs; a lower-case word */
    String kind();

    /**
     * Does a job. It may be called again for the same job: after a failure, after this process died, and by another node if this one was paused
     * for longer than its lease. So what the job changes must bear repetition, and carry the job's fence where its store can compare it.
     *
     * @throws JobPostponed         if it cannot be done now, which is nobody's fault: it comes again and nothing is counted. The same is done for a
     *                              problem that may pass (503) and for a store that is away
     * @throws InterruptedException if it was told to end: the job is lost to another worker, took too long, or this server stops
     * @throws Exception            if it has failed; after the third time the job is dead
     */
    void work(Job job) throws Exception;
}
