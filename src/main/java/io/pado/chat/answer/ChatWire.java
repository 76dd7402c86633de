package io.pado.chat.answer;

import io.pado.chat.Rooms;
import io.pado.platform.json.Json;
import io.pado.platform.problem.Problem;
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

    private static final String NO_SUCH_ROOM = "채팅방을 찾을 수 없습니다.";

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

    /** @return a stream that has only an error */
    public static String refusal(Problem problem) {
        return "data: " + error(problem, "") + "\n\ndata: " + DONE + "\n\n";
    }

    /** Who takes part in the room no more hears what somebody hears who never did. */
    @Override
    protected SseFrame lastWord(RunView run) {
        return new SseFrame().data(error(Rooms.unknown().problem(), ",\"runId\":" + Json.quoted(run.id()))).then(new SseFrame().data(DONE));
    }

    private static String error(Problem problem, String more) {
        String message = problem.type().endsWith(Rooms.UNKNOWN) ? NO_SUCH_ROOM : problem.detail();
        return "{\"type\":\"error\",\"message\":" + Json.quoted(message) + ",\"problem\":" + Json.text(problem) + more + '}';
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
