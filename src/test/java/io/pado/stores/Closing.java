package io.pado.stores;

import java.util.List;

/** Closes several things so that the failure of one does not keep the others open. */
final class Closing {

    private Closing() {
    }

    /** Closes the last first; the first failure is thrown at the end, with the later ones attached. */
    static void inReverse(List<? extends AutoCloseable> things) {
        RuntimeException failure = null;
        for (int i = things.size() - 1; i >= 0; i--) {
            try {
                things.get(i).close();
            } catch (Exception stays) {
                failure = add(failure, stays);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static RuntimeException add(RuntimeException first, Exception next) {
        if (first != null) {
            first.addSuppressed(next);
            return first;
        }
        return next instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(next);
    }
}
