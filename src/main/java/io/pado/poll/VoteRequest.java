package io.pado.poll;

import io.pado.platform.Json;
import io.pado.platform.ProblemException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Optional;

/**
 * Body of a vote. Read by hand: the binding would take {@code [1]}, {@code 1.5} or {@code 2^64 + 1} for an option's id.
 *
 * @param optionId the option
 * @param clientId the voter's self-chosen name; empty if not given
 */
record VoteRequest(long optionId, String clientId) {

    private static final int MAX_CLIENT_ID = 200;

    /** @throws ProblemException 400 for what is not JSON or of a wrong type, 422 for a missing option */
    static VoteRequest parse(String body) {
        JsonObject json = Json.parseObject(body).orElseThrow(() -> unreadable("The body is not one JSON object."));
        return new VoteRequest(optionId(present(json, "optionId")), clientId(present(json, "client_id")));
    }

    /** Whether the voter's name is one: 1 to 200 printable characters. */
    boolean namesVoter() {
        return !clientId.isBlank() && clientId.length() <= MAX_CLIENT_ID && clientId.chars().noneMatch(Character::isISOControl);
    }

    private static Optional<JsonValue> present(JsonObject json, String field) {
        return Optional.ofNullable(json.get(field)).filter(value -> value != JsonValue.NULL);
    }

    private static long optionId(Optional<JsonValue> value) {
        JsonValue given = value.orElseThrow(
                () -> ProblemException.invalid("optionId", "is missing; send the id of one of the poll's options"));
        try {
            return ((JsonNumber) given).longValueExact();
        } catch (ClassCastException | ArithmeticException noId) {
            throw unreadable("optionId must be a whole number, the id of one of the poll's options.");
        }
    }

    private static String clientId(Optional<JsonValue> value) {
        if (value.isPresent() && !(value.get() instanceof JsonString)) {
            throw unreadable("client_id must be a text.");
        }
        return value.map(text -> ((JsonString) text).getString()).orElse("");
    }

    private static ProblemException unreadable(String detail) {
        return ProblemException.badRequest("bad-json", detail + " Send {\"optionId\": 1, \"client_id\": \"you\"}.");
    }
}
