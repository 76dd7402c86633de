package io.pado.chat.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pado.platform.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroupJobTest {

    @Test
    void jobIsReadAsItWasWritten() {
        GroupJob job = new GroupJob(GroupJob.VERSION, "run", "room", 7, "message", 8);
        assertThat(GroupJob.parse(Json.text(job))).isEqualTo(job);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no", "[]", "{}", "{\"version\":2}", "{\"version\":\"1\"}", "{\"version\":1}", "{\"version\":1,\"runId\":7}"})
    void whatIsNoJobIsRefused(String body) {
        assertThatThrownBy(() -> GroupJob.parse(body)).isInstanceOf(RuntimeException.class);
    }
}
