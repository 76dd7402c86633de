package io.pado.run;

import io.pado.identity.Caller;
import io.pado.realtime.stream.StreamPlace;
import java.util.function.Predicate;

/**
 * Who reads a run. Made with {@link #of}, then changed by calls that each return a copy.
 *
 * @param caller who asks; may hear the run now, which has been checked
 * @param wire   how the run looks
 * @param right  whether a caller may still hear it: asked when the stream opens, and again after each change that
 *               {@link io.pado.realtime.audience.Audiences} is told; may ask a store
 * @param place  that was taken for the stream; null if it has none yet
 */
public record RunReader(Caller caller, RunWire wire, Predicate<Caller> right, StreamPlace place) {

    /** @return one who may hear the run for as long as it is kept */
    public static RunReader of(Caller caller, RunWire wire) {
        return new RunReader(caller, wire, any -> true, null);
    }

    /** @param still if it says no, the stream says its wire's last word, and ends */
    public RunReader whileAllowed(Predicate<Caller> still) {
        return new RunReader(caller, wire, still, place);
    }

    /** @param taken the place that the stream will have */
    public RunReader in(StreamPlace taken) {
        return new RunReader(caller, wire, right, taken);
    }
}
