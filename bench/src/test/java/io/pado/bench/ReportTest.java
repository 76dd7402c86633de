package io.pado.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {
    private final Rounds rounds = new Rounds();

    @Test
    void saysOfEachBoundWhetherItIsKeptAndHowFar() {
        add("nchan", Scenario.FAN10, "cpuUsPerDelivery", 10);
        add("pado", Scenario.FAN10, "cpuUsPerDelivery", 15);
        add("pado", Scenario.MOST, "deliveriesPerSecond", 300_000);
        String tables = new Report(rounds).tables();
        assertTrue(tables.contains("| fan10 | cpuUsPerDelivery | ≤ 0.80 of stock; ≤ 1.20 of nchan | 15 | 10 |"
                + " not measured; **no**: 1.50, +25 % |"), tables);
        assertTrue(tables.contains(
                "| most | deliveriesPerSecond | ≥ 250000 | 300000 | – | yes: 300000, +20 % |"), tables);
        assertFalse(tables.contains("| stock |"), tables);
        assertEquals(List.of("fan10 cpuUsPerDelivery must be ≤ 1.20 of nchan, but is 1.50, +25 %"),
                new Report(rounds).broken());
    }

    @Test
    void tooLittleBreaksABoundThatAsksForAtLeastSoMuch() {
        add("pado", Scenario.CONNECTS, "openedPerSecond", 1_500);
        assertEquals(List.of("connects openedPerSecond must be ≥ 3000, but is 1500, -50 %"),
                new Report(rounds).broken());
    }

    @Test
    void oneMistakeInOneRoundIsFoundThoughTheMedianIsNone() {
        for (int lost : new int[] {0, 1, 0}) {
            add("pado", Scenario.WS50, "lost", lost);
        }
        add("nchan", Scenario.WS50, "lost", 5);
        Report report = new Report(rounds);
        assertEquals(List.of("ws50 lost must be ≤ 0 in every round, but is 1"), report.broken());
        assertTrue(report.tables().contains("| 0 | 1 | 5 | **no** |"), report.tables());
    }

    @Test
    void aRungHoldsOnlyWithoutMistakesInTimeAndAlmostInFull() {
        assertTrue(Most.holds(rung(0, 999, 97_000), 100));
        assertFalse(Most.holds(rung(1, 999, 97_000), 100));
        assertFalse(Most.holds(rung(0, 1_000, 97_000), 100));
        assertFalse(Most.holds(rung(0, 999, 96_900), 100));
    }

    private static Measures rung(double dropped, double p99, double perSecond) {
        return new Measures().put("readers", 1_000).put("lost", 0).put("duplicates", 0).put("outOfOrder", 0)
                .put("dropped", dropped).put("p99Ms", p99).put("deliveriesPerSecond", perSecond);
    }

    private void add(String server, Scenario scenario, String measure, double value) {
        rounds.add(server, Map.of(scenario, new Measures().put(measure, value)));
    }
}
