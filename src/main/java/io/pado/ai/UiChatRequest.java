package io.pado.ai;

import io.pado.platform.Texts;
import io.pado.platform.http.JsonBody;
import io.pado.platform.problem.ProblemException;
import java.util.stream.Collectors;

/**
 * What {@code useChat} sends. Of the messages only the last one of the user counts: what was said before is known here.
 *
 * @param chatId   name of the chat
 * @param question text of the user's last message
 */
record UiChatRequest(String chatId, String question) {

    private static final int MAX_QUESTION = 8_000;
    private static final int MAX_LIST = 10_000;
    private static final String EXAMPLE = "{\"id\": \"chat-1\", \"messages\": [{\"id\": \"m1\", \"role\": \"user\", \"parts\": [{\"type\": \"text\","
            + " \"text\": \"...\"}]}], \"trigger\": \"submit-message\"}";

    /** @throws ProblemException 400 for what is not JSON or of a wrong type, 422 for what is missing or out of range */
    static UiChatRequest parse(String body) {
        JsonBody fields = JsonBody.parse(body, EXAMPLE);
        String chatId = fields.text("id", UiChats.MAX_CHAT_ID);
        String question = fields.objects("messages", 1, MAX_LIST).stream().filter(message -> message.optionalText("role").equals("user"))
                .reduce((earlier, later) -> later).map(UiChatRequest::text).orElse("");
        if (question.isBlank() || question.length() > MAX_QUESTION || !Texts.isReadable(question)) {
            fields.wrong("messages", "must end with a message of the user whose text parts have 1 to " + MAX_QUESTION
                    + " printable characters, line breaks and tabs");
        }
        fields.check();
        return new UiChatRequest(chatId, question);
    }

    private static String text(JsonBody message) {
        return message.objects("parts", 1, MAX_LIST).stream().filter(part -> part.optionalText("type").equals("text"))
                .map(part -> part.optionalText("text")).collect(Collectors.joining("\n"));
    }
}
