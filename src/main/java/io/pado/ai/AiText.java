package io.pado.ai;

import io.pado.platform.json.Json;
import io.pado.realtime.Envelope;
import io.pado.run.Ending;
import io.pado.run.RunState;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The events of runs as the {@code ai} channel shows them (spec system 3): the fields stand beside {@code type} and {@code channel}, and once more in
 * {@code data}. What other programs publish looks the same, under the type that they gave it: only events of runs have a key, and words of runs mean
 * something only in these.
 */
final class AiText {

    private static final Map<String, String> TYPES = Map.of("text", "ai_response", "status", "ai_status");

    private AiText() {
    }

    static String of(Envelope event) {
        JsonObject fields = Json.parseObject(event.json()).orElse(JsonValue.EMPTY_JSON_OBJECT);
        if (event.key().isEmpty()) {
            return text(event.type(), fields, event.json());
        }
        return event.type().equals(Ending.TYPE) ? ending(fields) : text(TYPES.getOrDefault(event.type(), event.type()), fields, event.json());
    }

    /** The text so far, in one piece. */
    static String snapshot(String runId, int pieces, String text) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("runId", runId);
        fields.put("index", Math.max(0, pieces - 1));
        fields.put("content", text);
        fields.put("replay", true);
        String json = Json.text(fields);
        return text("ai_response", Json.parseObject(json).orElseThrow(), json);
    }

    private static String ending(JsonObject ending) {
        boolean isFailed = ending.getString("state", "").equals(RunState.FAILED.word());
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("runId", ending.get("runId"));
        fields.put("content", ending.get("content"));
        if (isFailed) {
            fields.put("problem", ending.get("error"));
            fields.put("message", ending.getJsonObject("error").get("detail"));
        }
        fields.put("usage", ending.get("usage"));
        fields.put("finishReason", ending.get("finishReason"));
        fields.put("firstTextMillis", ending.get("firstTextMillis"));
        String json = Json.text(fields);
        return text(isFailed ? "ai_error" : "ai_complete", Json.parseObject(json).orElseThrow(), json);
    }

    private static String text(String type, JsonObject fields, String data) {
        StringBuilder text = new StringBuilder("{\"type\":").append(Json.quoted(type)).append(",\"channel\":\"ai\"");
        fields.forEach((name, value) -> {
            if (!name.equals("type") && !name.equals("channel") && !name.equals("data")) {
                text.append(',').append(Json.quoted(name)).append(':').append(value);
            }
        });
        return text.append(",\"data\":").append(data).append('}').toString();
    }
}
