package io.pado.chat.answer;

import io.pado.platform.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.bind.annotation.JsonbPropertyOrder;

/**
 * A character of a group has answered, or cannot: what a worker tells the maker of the run.
 *
 * @param runId       the run
 * @param personaId   who
 * @param personaName its name
 * @param content     what it said; empty if it cannot answer
 * @param exp         how close it and the sender are now
 * @param level       the same in levels
 */
@JsonbPropertyOrder({"runId", "personaId", "personaName", "content", "exp", "level"})
public record Answered(String runId, long personaId, String personaName, String content, long exp, long level) {

    static Answered parse(String json) {
        JsonObject fields = Json.parseObject(json).orElseThrow(() -> new IllegalStateException("Not an answer: " + json));
        return new Answered(fields.getString("runId"), fields.getJsonNumber("personaId").longValue(), fields.getString("personaName"),
                fields.getString("content"), fields.getJsonNumber("exp").longValue(), fields.getJsonNumber("level").longValue());
    }
}
