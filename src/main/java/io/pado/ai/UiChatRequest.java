package io.pado.ai;

import io.pado.platform.http.JsonBody;
import io.pado.platform.json.Json;
import io.pado.platform.problem.ProblemException;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.stream.Collectors;

/**
 * What {@code useChat} sends. Of the messages only the last one of the user counts: what was said before is known here.
 *
 * @param chatId   name of the chat
 * @param question text of the user's last message
 */
record UiChatRequest(String chatId, String question) {

    private static final int MAX_QUESTION = 8_000;
    private static final String EXAMPLE = "{\"id\": \"chat-1\", \"messages\": [{\"id\": \"m1\", \"role\": \"user\", \"parts\": [{\"type\": \"text\","
            + " \"text\": \"...\"}]}], \"trigger\": \"submit-message\"}";

    /** @throws ProblemException 400 for what is not JSON or of a wrong type, 422 for what is missing or out of range */
    static UiChatRequest parse(String body) {
        JsonBody fields = JsonBody.parse(body, EXAMPLE);
        String chatId = fields.text("id", UiChats.MAX_CHAT_ID);
        String question = question(Json.parseObject(body).orElseThrow().get("messages"));
        if (question.isBlank() || question.length() > MAX_QUESTION) {
            fields.wrong("messages", "must end with a message of the user whose text parts have 1 to " + MAX_QUESTION + " characters");
        }
        fields.check();
        return new UiChatRequest(chatId, question);
    }

    private static String question(JsonValue messages) {
        if (!(messages instanceof JsonArray all)) {
            return "";
        }
        return all.stream().filter(JsonObject.class::isInstance).map(JsonObject.class::cast)
                .filter(message -> is(message, "role", "user")).reduce((earlier, later) -> later).map(UiChatRequest::text).orElse("");
    }

    private static String text(JsonObject message) {
        if (!(message.get("parts") instanceof JsonArray parts)) {
            return "";
        }
        return parts.stream().filter(JsonObject.class::isInstance).map(JsonObject.class::cast)
                .filter(part -> is(part, "type", "text") && part.get("text") instanceof JsonString).map(part -> part.getString("text"))
                .collect(Collectors.joining("\n"));
    }

    private static boolean is(JsonObject object, String field, String value) {
        return object.get(field) instanceof JsonString text && text.getString().equals(value);
    }
}
