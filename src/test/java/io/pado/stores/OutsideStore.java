package io.pado.stores;

import java.util.Map;

/** A store that somebody else runs: it answered when this was made, and closing leaves it alone. */
record OutsideStore(String name, String address, Map<String, String> settings) implements Store {

    OutsideStore {
        settings = Map.copyOf(settings);
    }

    @Override
    public boolean embedded() {
        return false;
    }

    @Override
    public void close() {
        // Not ours to end.
    }

    /** The settings hold a password, which must not reach a log. */
    @Override
    public String toString() {
        return name + " at " + address;
    }
}
