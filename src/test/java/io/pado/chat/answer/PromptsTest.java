package io.pado.chat.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.pado.chat.MessageView;
import io.pado.platform.model.ModelMessage;
import java.util.List;
import org.junit.jupiter.api.Test;

class PromptsTest {

    private static final List<MessageView> NEWEST = List.of(message("4", "user", "손님", "넷"), message("3", "user", "손님", "three"),
            message("2", "ai", "하루", "둘"), message("1", "ai", "바다", "one"));

    @Test
    void whatIsToBeAnsweredComesLastThoughOthersSpokeMeanwhile() {
        assertThat(Prompts.history("하루", false, "3", NEWEST, 100)).containsExactly(ModelMessage.user("one"), ModelMessage.assistant("둘"),
                ModelMessage.user("넷"), ModelMessage.user("three"));
    }

    @Test
    void inAGroupEachMessageHasItsSpeaker() {
        assertThat(Prompts.history("하루", true, "4", NEWEST, 100)).containsExactly(ModelMessage.user("바다: one"), ModelMessage.assistant("둘"),
                ModelMessage.user("손님: three"), ModelMessage.user("손님: 넷"));
    }

    /** A token is 4 bytes: 3 + 5 are allowed, 3 more are not. */
    @Test
    void olderMessagesAreLeftOutWhereTheTokensEnd() {
        assertThat(Prompts.history("하루", false, "4", NEWEST, 2)).containsExactly(ModelMessage.user("three"), ModelMessage.user("넷"));
    }

    @Test
    void whatIsToBeAnsweredIsThereWhateverItsLength() {
        assertThat(Prompts.history("하루", false, "5", List.of(message("5", "user", "손님", "x".repeat(1_000)), NEWEST.get(0)), 2)).hasSize(1)
                .allSatisfy(message -> assertThat(message.text()).hasSize(1_000));
    }

    @Test
    void ofWhatWasSaidSinceThenOnlyAnswersCount() {
        List<MessageView> upTo = NEWEST.subList(2, 4);
        MessageView own = message("7", "ai", "하루", "own");
        MessageView other = message("6", "ai", "바다", "other");
        MessageView later = message("5", "user", "손님", "later");

        assertThat(Prompts.said(upTo, List.of(own, other, later, NEWEST.get(2)))).containsExactly(own, other, NEWEST.get(2), NEWEST.get(3));
        assertThat(Prompts.said(List.of(), NEWEST)).as("another program has removed it").isEqualTo(NEWEST);
    }

    @Test
    void nameInBothLanguagesIsToldAsOne() {
        assertThat(List.of(Prompts.told("파도 / Pado"), Prompts.told("하루"))).containsExactly("파도, in English Pado", "하루");
    }

    private static MessageView message(String id, String type, String name, String content) {
        return new MessageView(id, "room", null, name, type, content, null);
    }
}
