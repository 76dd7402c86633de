package io.pado.admin;

import io.pado.realtime.carrier.Carriers;
import io.pado.realtime.hub.Hub;
import io.pado.realtime.hub.Traffic;
import io.pado.realtime.hub.outbox.ReaderState;
import io.pado.realtime.stream.Visits;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Looks at this node: counts, queues, readers. */
@ApplicationScoped
class Figures {

    private static final int SOME = 12;
    private static final int MAX_FOUND = 50;

    @Inject
    private Hub hub;
    @Inject
    private Visits visits;
    @Inject
    private Carriers carriers;
    @Inject
    private Clock clock;

    private final String node = System.getenv().getOrDefault("HOSTNAME", "localhost") + ':' + ProcessHandle.current().pid();

    String node() {
        return node;
    }

    NodeFigures now() {
        Set<Long> users = new HashSet<>();
        Map<String, Integer> endpoints = new HashMap<>();
        List<Troubled> troubled = new ArrayList<>();
        Sums sums = new Sums();
        int connections = 0;
        for (Visits.Open open : visits.open()) {
            connections++;
            open.subscriber().caller().userId().ifPresent(users::add);
            endpoints.merge(general(open.endpoint()), 1, Integer::sum);
            ReaderState state = open.subscriber().state();
            sums.add(state);
            if (state.isTroubled()) {
                troubled.add(new Troubled(open, state));
            }
        }
        Traffic.Counts counts = hub.traffic().counts();
        Runtime memory = Runtime.getRuntime();
        return new NodeFigures(node, clock.instant().truncatedTo(ChronoUnit.MILLIS), Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime()),
                carriers.inUse(), connections, users.size(), hub.topics().size(), counts.events(), counts.deliveries(), Traffic.CLASSES, counts.delays(), sums.waiting,
                sums.waitingBytes, sums.behind, sums.dropped, sums.replaced, cpu(), memory.totalMemory() - memory.freeMemory(), memory.maxMemory(), endpoints,
                visits.reasons(), hub.busiest(SOME).stream().map(each -> new NodeFigures.BusyTopic(each.topic().name(), each.readers(), each.events())).toList(),
                troubled.stream().sorted(Comparator.comparingLong(Troubled::weight).reversed()).limit(SOME).map(each -> ReaderView.of(each.open())).toList(),
                visits.ended().stream().limit(SOME).map(ReaderView::of).toList());
    }

    ReaderQuestion.Found find(ReaderQuestion question) {
        List<Visits.Open> open = visits.open().stream().filter(question::fits).toList();
        return new ReaderQuestion.Found(question.question(), node, open.stream().limit(MAX_FOUND).map(ReaderView::of).toList(), open.size(),
                visits.ended().stream().filter(question::fits).limit(MAX_FOUND).map(ReaderView::of).toList());
    }

    /** Ids of things in a path are left out. */
    private static String general(String endpoint) {
        return endpoint.replaceAll("/[0-9a-f-]{8,}(?=/|$)|/\\d+(?=/|$)", "/{id}");
    }

    private static double cpu() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean known ? known.getProcessCpuLoad() : -1;
    }

    private record Troubled(Visits.Open open, ReaderState state) {

        long weight() {
            return state.waitingBytes() + state.dropped() + state.replaced();
        }
    }

    private static final class Sums {

        private long waiting;
        private long waitingBytes;
        private int behind;
        private long dropped;
        private long replaced;

        void add(ReaderState state) {
            waiting += state.waiting();
            waitingBytes += state.waitingBytes();
            behind += state.waiting() > 0 ? 1 : 0;
            dropped += state.dropped();
            replaced += state.replaced();
        }
    }
}
