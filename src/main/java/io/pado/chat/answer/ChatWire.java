package io.pado.chat.answer;

import io.pado.platform.json.Json;
import io.pado.realtime.Envelope;
import io.pado.realtime.sse.SseFrame;
import io.pado.run.Ending;
import io.pado.run.RunState;
import io.pado.run.RunView;
import io.pado.run.RunWire;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** System 5's frames: unnamed events, the JSON says what they are; {@code [DONE]} after the last one. */
@ApplicationScoped
public class ChatWire extends RunWire {

    /** Last line of each stream. */
    static final String DONE = "[DONE]";
    /** Code of the problem of a group that did not answer in time. */
    static final String TIMEOUT = "answer-timeout";

    @Override
    public List<SseFrame> snapshot(RunView run) {
        return run.text().isEmpty() ? List.of() : List.of(new SseFrame().data("{\"type\":\"text_chunk\",\"content\":" + Json.quoted(run.text())
                + ",\"replay\":true,\"runId\":" + Json.quoted(run.id()) + '}'));
    }

    @Override
    protected SseFrame content(Envelope event) {
        JsonObject fields = Json.parseObject(event.json()).orElse(JsonValue.EMPTY_JSON_OBJECT);
        return switch (event.type()) {
            case "text" -> new SseFrame().data(typed("text_chunk", fields));
            case "status" -> new SseFrame().data(typed("status", fields));
            case Ending.TYPE -> new SseFrame().data(ending(fields)).then(new SseFrame().data(DONE));
            default -> new SseFrame().data(event.json());
        };
    }

    /** A stream that has only an error. */
    public static String error(String message, String problem) {
        return "data: {\"type\":\"error\",\"message\":" + Json.quoted(message) + ",\"problem\":" + problem + "}\n\ndata: " + DONE + "\n\n";
    }

    private static String ending(JsonObject ending) {
        Map<String, Object> fields = new LinkedHashMap<>();
        boolean isFailed = ending.getString("state").equals(RunState.FAILED.word());
        String type = "complete";
        if (isFailed) {
            JsonObject problem = ending.getJsonObject("error");
            type = problem.getString("type").endsWith(TIMEOUT) ? "timeout" : "error";
            fields.put("message", problem.get("detail"));
            fields.put("problem", problem);
        }
        fields.put("runId", ending.get("runId"));
        fields.put("finishReason", ending.get("finishReason"));
        fields.put("usage", ending.get("usage"));
        fields.put("firstTextMillis", ending.get("firstTextMillis"));
        return typed(type, Json.parseObject(Json.text(fields)).orElseThrow());
    }

    private static String typed(String type, JsonObject fields) {
        String rest = fields.toString().substring(1);
        return "{\"type\":\"" + type + '"' + (rest.equals("}") ? "" : ",") + rest;
    }
}
