package io.pado.chat.answer;

import io.pado.platform.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.bind.annotation.JsonbPropertyOrder;

/**
 * Body of a job: one character is to answer in a group.
 *
 * @param version   of this form
 * @param runId     the run
 * @param roomId    name of the room
 * @param userId    who sent
 * @param messageId of what is to be answered
 * @param personaId who answers
 */
@JsonbPropertyOrder({"version", "runId", "roomId", "userId", "messageId", "personaId"})
public record GroupJob(int version, String runId, String roomId, long userId, String messageId, long personaId) {

    static final String KIND = "persona-answer";
    static final int VERSION = 1;

    /** @throws IllegalArgumentException for what is no such job */
    static GroupJob parse(String json) {
        JsonObject fields = Json.parseObject(json).orElseThrow(() -> new IllegalArgumentException("The body of the job is not one JSON object"));
        if (fields.getInt("version", 0) != VERSION) {
            throw new IllegalArgumentException("The job is of an unknown version: " + fields.get("version"));
        }
        return new GroupJob(VERSION, fields.getString("runId"), fields.getString("roomId"), fields.getJsonNumber("userId").longValue(),
                fields.getString("messageId"), fields.getJsonNumber("personaId").longValue());
    }

    /** @return the job's name; the answer's too */
    String id() {
        return "answer:" + runId + ':' + personaId;
    }
}
