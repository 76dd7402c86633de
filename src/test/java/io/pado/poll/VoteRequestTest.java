package io.pado.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pado.platform.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VoteRequestTest {

    @Test
    void contractSampleIsRead() throws IOException {
        VoteRequest request = VoteRequest.parse(Files.readString(Path.of("contract/system3/vote_request.json")));

        assertThat(request.optionId()).isPositive();
        assertThat(request.namesVoter()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "{} {}", "{\"optionId\":1}}", "{\"optionId\":[1]}", "{\"optionId\":1.5}",
            "{\"optionId\":99999999999999999999}", "{\"optionId\":1,\"client_id\":[\"a\"]}"})
    void whatIsNotExactlyAVoteIsUnreadable(String body) {
        assertThatThrownBy(() -> VoteRequest.parse(body))
                .isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.problem().status()).isEqualTo(400));
    }

    @Test
    void missingOptionIsNamed() {
        assertThatThrownBy(() -> VoteRequest.parse("{\"client_id\":\"a\"}"))
                .isInstanceOfSatisfying(ProblemException.class, e -> {
                    assertThat(e.problem().status()).isEqualTo(422);
                    assertThat(e.problem().errors()).extracting("field").containsExactly("optionId");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"optionId\":1}", "{\"optionId\":1,\"client_id\":\" \"}", "{\"optionId\":1,\"client_id\":\"a\\u0000\"}"})
    void voterMayBeUnnamed(String body) {
        assertThat(VoteRequest.parse(body).namesVoter()).isFalse();
    }
}
