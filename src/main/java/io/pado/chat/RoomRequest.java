package io.pado.chat;

import io.pado.platform.http.JsonBody;
import io.pado.platform.problem.ProblemException;
import java.util.List;

/**
 * Body of a new room: of people only, or with characters.
 *
 * @param name         for people; empty for none
 * @param participants users, as sent
 * @param personas     characters, as sent; none in a room of people
 * @param alone        whether it is for the caller and one character
 */
record RoomRequest(String name, List<Long> participants, List<Long> personas, boolean alone) {

    private static final String EXAMPLE = "{\"name\": \"...\", \"participants\": [7, 8]}, or {\"kind\": \"one_on_one\", \"personaIds\": [1]},"
            + " or {\"kind\": \"group\", \"name\": \"...\", \"personaIds\": [1, 2], \"memberIds\": [7]}";
    private static final int MAX_NAME = 100;
    private static final int MAX_PERSONAS = 10;

    /** @return a room of people */
    static RoomRequest ofPeople(String name, List<Long> participants) {
        return new RoomRequest(name, participants, List.of(), false);
    }

    /** @throws ProblemException 400 for what is not JSON or of a wrong type, 422 for what is missing or out of range */
    static RoomRequest parse(String body) {
        JsonBody fields = JsonBody.parse(body, EXAMPLE);
        String name = fields.has("name") ? fields.text("name", MAX_NAME) : "";
        RoomRequest request = fields.has("kind") ? withPersonas(name, fields)
                : ofPeople(name, fields.numbers("participants", 1, Rooms.MAX_PARTICIPANTS));
        fields.check();
        return request;
    }

    private static RoomRequest withPersonas(String name, JsonBody fields) {
        String kind = fields.text("kind", MAX_NAME);
        boolean alone = kind.equals(Rooms.ONE_ON_ONE);
        if (!alone && !kind.equals(Rooms.GROUP)) {
            fields.wrong("kind", "must be one_on_one or group");
        }
        List<Long> personas = fields.numbers("personaIds", 1, alone ? 1 : MAX_PERSONAS);
        List<Long> members = fields.has("memberIds") ? fields.numbers("memberIds", 0, alone ? 0 : Rooms.MAX_PARTICIPANTS) : List.of();
        return new RoomRequest(name, members, personas.stream().distinct().toList(), alone);
    }
}
