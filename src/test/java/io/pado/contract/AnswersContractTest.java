package io.pado.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.pado.chat.answer.ExpUpdated;
import io.pado.chat.answer.GroupAnswer;
import io.pado.chat.send.UserMessage;
import io.pado.lounge.LoungeMessageView;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The samples of answers in {@code contract/system3} and {@code contract/system5}. {@code AiIT} and {@code ChatSendIT} compare the others with what is sent. */
class AnswersContractTest {

    private static final Map<String, Class<?>> TYPES =
            Map.of("user_message", UserMessage.class, "ai_response", GroupAnswer.class, "exp_updated", ExpUpdated.class);

    @ParameterizedTest
    @ValueSource(strings = {"user_message", "ai_response", "exp_updated"})
    void eventHasTheFieldsOfItsType(String name) {
        Fields.assertMatch(Fields.read(Path.of("contract", "system5", name + ".json")), TYPES.get(name));
    }

    @ParameterizedTest
    @ValueSource(strings = "chat_message")
    void messageOfThePublicRoomHasTheFieldsOfItsType(String name) {
        JsonObject event = Fields.read(Path.of("contract", "system3", name + ".json"));
        Fields.assertMatch(event.getJsonObject("data"), LoungeMessageView.class);
        assertThat(event.keySet()).containsExactly("type", "channel", "data");
    }
}
