package io.pado.realtime.stream;

import io.pado.platform.problem.ProblemException;
import io.pado.realtime.hub.TopicShare;
import java.util.HashMap;
import java.util.Map;

/**
 * How many topics this node follows for readers who have not logged in: in all, and for one address. Each costs memory here and in Redis, and is compared with
 * the log every few seconds. Thread-safe.
 */
public final class TopicShares {

    private static final int WAIT_SECONDS = 10;

    private final int most;
    private final int mostOfAddress;

    // Guarded by this.
    private final Map<String, Integer> ofAddresses = new HashMap<>();
    private int all;

    public TopicShares(int most, int mostOfAddress) {
        this.most = most;
        this.mostOfAddress = mostOfAddress;
    }

    /** @return the share of an address */
    public TopicShare of(String address) {
        return new TopicShare() {

            @Override
            public void take(int topics) {
                TopicShares.this.take(address, topics);
            }

            @Override
            public void giveBack() {
                count(address, -1);
            }
        };
    }

    private synchronized void take(String address, int topics) {
        int mine = ofAddresses.getOrDefault(address, 0) + topics;
        if (topics > 0 && mine > mostOfAddress) {
            throw ProblemException.tooMany("Readers at your address who have not logged in listen to " + mostOfAddress
                    + " topics, as many as they may. Leave some, or log in.", WAIT_SECONDS);
        }
        if (topics > 0 && all + topics > most) {
            throw ProblemException.tooMany("This server listens to as many topics as it may for readers who have not logged in. Log in, or try again later.",
                    WAIT_SECONDS);
        }
        count(address, topics);
    }

    private synchronized void count(String address, int topics) {
        all += topics;
        ofAddresses.merge(address, topics, Integer::sum);
        ofAddresses.remove(address, 0);
    }
}
