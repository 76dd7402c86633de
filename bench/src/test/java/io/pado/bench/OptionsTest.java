package io.pado.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OptionsTest {
    private static final LineUp.Candidate HERE = new LineUp.Candidate("here", () -> null, "");
    private static final LineUp.Candidate AWAY = new LineUp.Candidate("away", () -> null, "apt-get install away");

    @Test
    void allScenariosUnlessSomeAreNamed() {
        assertTrue(Options.parse().has(Scenario.WS_CONNECTS));
        assertFalse(Options.parse("fan10").has(Scenario.WS_CONNECTS));
        assertTrue(Options.parse().full());
        assertFalse(Options.parse("--quick").full());
    }

    @Test
    void quickGivesWayToWhatIsGiven() {
        assertEquals(20, Options.parse("--quick", "--duration", "7").warmupSeconds());
        assertEquals(7, Options.parse("--quick", "--duration", "7").seconds());
        assertEquals(7, Options.parse("--duration", "7", "--quick").seconds());
    }

    @Test
    void refusesWhatMakesNoSense() {
        for (String wrong : List.of("fan11", "warm-up", "--pace", "--rounds 0", "--rounds x", "--duration -1",
                "--idle")) {
            assertThrows(IllegalArgumentException.class, () -> Options.parse(wrong.split(" ")), wrong);
        }
    }

    @Test
    void aServerThatIsNotInstalledIsLeftOutUnlessItIsNamed() {
        LineUp all = LineUp.of(List.of(HERE, AWAY), List.of());
        assertEquals(Set.of("here"), all.peers().keySet());
        assertEquals(List.of("away (apt-get install away)"), all.leftOut());
        assertThrows(IllegalArgumentException.class, () -> LineUp.of(List.of(HERE, AWAY), List.of("away")));
        assertThrows(IllegalArgumentException.class, () -> LineUp.of(List.of(HERE, AWAY), List.of("here", "nowhere")));
    }
}
