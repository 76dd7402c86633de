package io.pado.realtime.stream;

import io.pado.identity.Caller;
import io.pado.platform.PerSecond;
import io.pado.platform.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** How many streams this node holds open, in all, for each address and for each user, and how many it opens in a second. */
@ApplicationScoped
public class StreamLimits {

    private static final String NODE = "node";
    private static final int WAIT_SECONDS = 10;

    @Inject
    StreamConfig config;

    private final PerSecond opened = new PerSecond();
    private final ConcurrentMap<String, Integer> open = new ConcurrentHashMap<>();

    private record Bound(String who, int most, String words) {
    }

    /**
     * Counts a stream that is about to open.
     *
     * @param address of the client
     * @return must be run when the stream has ended or did not open; once is enough
     * @throws ProblemException 429 if there are too many
     */
    Runnable admit(Caller caller, String address) {
        // The address first: what it is refused must not count for the node, and so for others.
        if (!opened.within(address, config.mostConnectsOfAddress()) || !opened.within(NODE, config.mostConnects())) {
            throw ProblemException.tooMany("Too many streams were opened within this second; try again.", 1);
        }
        List<Bound> counted = new ArrayList<>();
        for (Bound bound : bounds(caller, address)) {
            counted.add(bound);
            if (open.merge(bound.who(), 1, Integer::sum) > bound.most()) {
                counted.forEach(this::leave);
                throw ProblemException.tooMany(bound.words() + " Close one, or try again later.", WAIT_SECONDS);
            }
        }
        AtomicBoolean left = new AtomicBoolean();
        return () -> {
            if (left.compareAndSet(false, true)) {
                counted.forEach(this::leave);
            }
        };
    }

    private List<Bound> bounds(Caller caller, String address) {
        List<Bound> bounds = new ArrayList<>(List.of(
                new Bound(NODE, config.mostOpen(), "This server holds as many streams as it may."),
                new Bound(address, config.mostOpenOfAddress(), "Too many streams are open from your address.")));
        caller.userId().ifPresent(user ->
                bounds.add(new Bound("user " + user, config.mostOpenOfUser(), "You have too many streams open.")));
        return bounds;
    }

    private void leave(Bound bound) {
        open.computeIfPresent(bound.who(), (who, count) -> count == 1 ? null : count - 1);
    }
}
