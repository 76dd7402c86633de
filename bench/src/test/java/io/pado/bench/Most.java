package io.pado.bench;

import java.io.IOException;
import java.util.function.Consumer;

/**
 * The scenario of ever more events: a ladder of rates, one phase each, which ends at the first rung on which the server
 * makes a mistake, is late, or does not keep up. The last rung before is what it can do. Some readers may be gone then.
 */
final class Most {
    private static final int[] LADDER = {25, 50, 75, 100, 130, 175, 250, 400, 650, 1_000, 1_500, 2_000};
    private static final double SHARE = 0.97;
    private static final double LATEST_MILLIS = 1_000;

    private final Fan fan;
    private final Consumer<Measures> progress;
    private double duplicates;
    private double outOfOrder;

    /** {@code progress} hears of each rung. */
    Most(Fan fan, Consumer<Measures> progress) {
        this.fan = fan;
        this.progress = progress;
    }

    /** Climbs, {@code seconds} on each rung. */
    Measures run(double seconds) throws IOException, InterruptedException {
        Measures held = new Measures();
        double rate = 0;
        for (int next : LADDER) {
            Measures rung = fan.run(next, seconds);
            progress.accept(rung);
            duplicates += rung.get("duplicates");
            outOfOrder += rung.get("outOfOrder");
            if (!holds(rung, next)) {
                return sum(rate, held).put("endedAtRate", next)
                        .put("endedDeliveriesPerSecond", rung.get("deliveriesPerSecond"))
                        .put("endedP99Ms", rung.get("p99Ms"))
                        .put("endedLost", rung.get("lost"))
                        .put("endedDropped", rung.get("dropped"));
            }
            held = rung;
            rate = next;
        }
        return sum(rate, held);
    }

    static boolean holds(Measures rung, int perSecond) {
        double mistakes = Bound.MISTAKES.stream().mapToDouble(rung::get).sum();
        return mistakes == 0 && rung.get("p99Ms") < LATEST_MILLIS
                && rung.get("deliveriesPerSecond") >= SHARE * perSecond * rung.get("readers");
    }

    private Measures sum(double rate, Measures held) {
        return new Measures()
                .put("rate", rate)
                .put("deliveriesPerSecond", rate == 0 ? 0 : held.get("deliveriesPerSecond"))
                .put("p50Ms", held.get("p50Ms"))
                .put("p99Ms", held.get("p99Ms"))
                .put("cpuUsPerDelivery", held.get("cpuUsPerDelivery"))
                .put("ownCpuUsPerDelivery", held.get("ownCpuUsPerDelivery"))
                .put("lost", held.get("lost"))
                .put("duplicates", duplicates)
                .put("outOfOrder", outOfOrder)
                .put("dropped", held.get("dropped"));
    }
}
