package io.pado.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CountingTest {
    @Test
    void seenTellsDuplicatesFromLateOnesAndCountsHoles() {
        Seen seen = new Seen();
        assertEquals(Seen.Arrival.IN_ORDER, seen.note(100));
        assertEquals(Seen.Arrival.IN_ORDER, seen.note(170));
        assertEquals(Seen.Arrival.OUT_OF_ORDER, seen.note(169));
        assertEquals(Seen.Arrival.DUPLICATE, seen.note(169));
        assertEquals(Seen.Arrival.DUPLICATE, seen.note(100));
        assertEquals(68, seen.missing(100, 171));
        assertEquals(10, seen.missing(500, 510));
    }

    @Test
    void histogramIsNeverBelowTheTruthAndAtMostOneHundredthAbove() {
        Random random = new Random(1);
        long[] times = LongStream.generate(() -> (long) Math.exp(random.nextDouble() * 25)).limit(10_000).toArray();
        Histogram histogram = new Histogram();
        LongStream.of(times).forEach(histogram::record);
        long[] sorted = LongStream.of(times).sorted().toArray();
        for (double share : new double[] {0.001, 0.5, 0.9, 0.99, 1}) {
            double truth = sorted[(int) Math.ceil(share * sorted.length) - 1] / 1e6;
            double told = histogram.millis(share);
            assertTrue(told >= truth && told <= truth * 1.01, share + ": " + told + " for " + truth);
        }
        assertEquals(sorted[sorted.length - 1] / 1e6, histogram.maxMillis());
    }

    @Test
    void payloadHasExactlyTheSizeAndItsMarks() {
        byte[] event = new Payload(100).event(4711, Long.MAX_VALUE);
        assertEquals(100, event.length);
        assertEquals(4711, Marks.find(event, 0, event.length, Marks.key("seq")));
        assertEquals(Long.MAX_VALUE, Marks.find(event, 0, event.length, Marks.key("ts")));
        assertEquals('}', event[99]);
    }

    @Test
    void ratiosAreTakenPairByPair() {
        Rounds rounds = new Rounds();
        double[][] pairs = {{10, 5}, {20, 10}, {100, 10}};
        for (double[] pair : pairs) {
            rounds.add("stock", Map.of(Scenario.FAN10, new Measures().put("cpu", pair[0])));
            rounds.add("pado", Map.of(Scenario.FAN10, new Measures().put("cpu", pair[1])));
        }
        assertEquals(0.5, rounds.medianRatio("pado", "stock", Scenario.FAN10, "cpu"));
        assertEquals(20, rounds.median("stock", Scenario.FAN10, "cpu"));
        assertEquals(100, rounds.worst("stock", Scenario.FAN10, "cpu"));
        assertTrue(Double.isNaN(rounds.median("stock", Scenario.FAN50, "cpu")));
        assertTrue(Double.isNaN(rounds.medianRatio("pado", "stock", Scenario.FAN10, "lost")));
    }
}
