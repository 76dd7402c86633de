package io.pado.chat.answer;

import io.pado.platform.json.Json;
import io.pado.run.RunView;
import jakarta.json.JsonObject;
import jakarta.json.bind.annotation.JsonbPropertyOrder;

/**
 * What is to be known of a send when its run ends.
 *
 * @param roomId    name of the room
 * @param userId    who sent
 * @param personaId who answers; 0 in a group
 */
@JsonbPropertyOrder({"roomId", "userId", "personaId"})
public record Send(String roomId, long userId, long personaId) {

    public static Send of(RunView run) {
        return parse(run.about());
    }

    static Send parse(String json) {
        JsonObject fields = Json.parseObject(json).orElseThrow(() -> new IllegalStateException("Not a send: " + json));
        return new Send(fields.getString("roomId"), fields.getJsonNumber("userId").longValue(), fields.getJsonNumber("personaId").longValue());
    }

    public String text() {
        return Json.text(this);
    }
}
