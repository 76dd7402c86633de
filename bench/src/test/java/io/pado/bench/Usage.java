package io.pado.bench;

import java.io.IOException;

/** CPU time used up to one moment, all in nanoseconds: by the server, by this program and by the whole machine. */
record Usage(long wall, long server, long own, long machine) {

    /** Reads the clocks now. */
    static Usage now(ProcessProbe server) throws IOException {
        ProcessProbe own = new ProcessProbe(ProcessHandle.current().pid());
        return new Usage(System.nanoTime(), server.cpuNanos(), own.cpuNanos(), Machine.busyNanos());
    }

    /** What was used since {@code earlier}. */
    Usage since(Usage earlier) {
        return new Usage(wall - earlier.wall, server - earlier.server, own - earlier.own, machine - earlier.machine);
    }

    /** Cores that neither the server nor this program kept busy: its stores, and strangers. */
    double othersCores() {
        return Math.max(0, (machine - server - own) / (double) wall);
    }
}
