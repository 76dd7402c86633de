package io.pado.chat;

import io.pado.platform.JsonBody;
import io.pado.platform.ProblemException;
import java.util.List;

/**
 * Body of a new room.
 *
 * @param name         for people; empty for none
 * @param participants users, as sent
 */
record RoomRequest(String name, List<Long> participants) {

    private static final String EXAMPLE = "{\"name\": \"...\", \"participants\": [7, 8]}";
    private static final int MOST_NAME = 100;

    /** @throws ProblemException 400 for what is not JSON or of a wrong type, 422 for what is missing or out of range */
    static RoomRequest parse(String body) {
        JsonBody fields = JsonBody.parse(body, EXAMPLE);
        String name = fields.has("name") ? fields.text("name", MOST_NAME) : "";
        List<Long> participants = fields.numbers("participants", 1, Rooms.MOST_PARTICIPANTS);
        fields.check();
        return new RoomRequest(name, participants);
    }
}
