package io.pado.realtime.stream;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pado.identity.Caller;
import io.pado.platform.problem.ProblemException;
import org.junit.jupiter.api.Test;

class StreamLimitsTest {

    @Test
    void whatAnAddressIsRefusedDoesNotCountForOthers() {
        StreamLimits limits = new StreamLimits();
        limits.config = new StreamConfig();
        limits.config.mostOpen = 100;
        limits.config.mostOpenOfAddress = 100;
        limits.config.mostConnects = 6;
        limits.config.mostConnectsOfAddress = 3;

        assertThatThrownBy(() -> admit(limits, "203.0.113.1", 10)).isInstanceOf(ProblemException.class);
        for (int i = 0; i < 6; i++) {
            assertThatThrownBy(() -> admit(limits, "203.0.113.1", 10)).isInstanceOf(ProblemException.class);
        }
        admit(limits, "203.0.113.2", 3);
    }

    private static void admit(StreamLimits limits, String address, int times) {
        for (int i = 0; i < times; i++) {
            limits.admit(Caller.ANONYMOUS, address);
        }
    }
}
