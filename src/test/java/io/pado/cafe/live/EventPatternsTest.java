package io.pado.cafe.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.pado.cafe.CafeTopic;
import io.pado.platform.problem.ProblemException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventPatternsTest {

    private static final List<CafeTopic> PERMITTED = List.of(CafeTopic.ORDER_CREATED, CafeTopic.ORDER_CANCELLED, CafeTopic.SETTINGS_CHANGED,
            CafeTopic.SETTINGS_INTERNAL);

    @Test
    void patternIsANameTheBeginningOfNamesOrAll() {
        assertThat(EventPatterns.topics(List.of("order:created"), PERMITTED)).containsExactly(CafeTopic.ORDER_CREATED.topic());
        assertThat(EventPatterns.topics(List.of("order:*"), PERMITTED))
                .containsExactlyInAnyOrder(CafeTopic.ORDER_CREATED.topic(), CafeTopic.ORDER_CANCELLED.topic());
        assertThat(EventPatterns.topics(List.of("*", "order:*"), PERMITTED)).hasSize(4);
        assertThat(EventPatterns.topics(List.of("settings:changed"), PERMITTED))
                .containsExactlyInAnyOrder(CafeTopic.SETTINGS_CHANGED.topic(), CafeTopic.SETTINGS_INTERNAL.topic());
    }

    @ParameterizedTest
    @ValueSource(strings = {"order", "ord*", "order:", ":*", "menu:*", "menu:changed", "ORDER:*", "cafe:order:created", "**"})
    void patternThatMeansNothingPermittedIsRefusedWithWhatIs(String pattern) {
        ProblemException refused = catchThrowableOfType(ProblemException.class,
                () -> EventPatterns.topics(List.of("order:*", pattern), PERMITTED));

        assertThat(refused.problem().status()).isEqualTo(422);
        assertThat(refused.problem().errors().get(0).detail()).endsWith("order:cancelled, order:created, settings:changed");
    }
}
