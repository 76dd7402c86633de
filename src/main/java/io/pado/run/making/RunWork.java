package io.pado.run.making;

/** What makes a run's answer. */
@FunctionalInterface
public interface RunWork {

    /**
     * Begins, when it is the run's turn. May wait for stores; what takes long is left to others. Whatever happens, {@link Run#end} is called once in the
     * end, by whoever.
     *
     * @throws Exception ends the run as failed
     */
    void begin(Run run) throws Exception;
}
