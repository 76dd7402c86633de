package io.pado.ai;

import io.pado.platform.json.Json;
import io.pado.realtime.Envelope;
import io.pado.realtime.Notice;
import io.pado.realtime.sse.SseFrame;
import io.pado.run.Ending;
import io.pado.run.RunState;
import io.pado.run.RunView;
import io.pado.run.RunWire;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * The UI message stream, version 1, which {@code useChat} of the Vercel AI SDK reads. Only chunks, and fields of them, that all its versions from 5 on take:
 * an unknown one would end the stream there. What the server has to say itself comes as comments.
 */
@ApplicationScoped
class UiWire extends RunWire {

    /** Header of such a stream. */
    static final String HEADER = "x-vercel-ai-ui-message-stream";
    static final String VERSION = "v1";

    private static final String TEXT_ID = "text";

    @Override
    public List<SseFrame> snapshot(RunView run) {
        return run.text().isEmpty() ? List.of() : List.of(joined(List.of(start(run.id()), textStart(), delta(run.text()))));
    }

    @Override
    protected SseFrame content(Envelope event) {
        JsonObject fields = Json.parseObject(event.json()).orElseThrow();
        return switch (event.type()) {
            case "text" -> fields.getInt("index") == 0 ? joined(List.of(start(event.key()), textStart(), delta(fields.getString("content"))))
                    : joined(List.of(delta(fields.getString("content"))));
            case Ending.TYPE -> joined(ending(fields));
            default -> new SseFrame().comment(event.type());
        };
    }

    @Override
    protected SseFrame frame(Notice notice) {
        return new SseFrame().comment(notice.type() + ' ' + notice.reason());
    }

    private static List<String> ending(JsonObject ending) {
        List<String> chunks = new ArrayList<>();
        if (ending.getInt("pieces") > 0) {
            chunks.add("{\"type\":\"text-end\",\"id\":\"" + TEXT_ID + "\"}");
        } else {
            chunks.add(start(ending.getString("runId")));
        }
        chunks.add(switch (RunState.valueOf(ending.getString("state").toUpperCase(java.util.Locale.ROOT))) {
            case FAILED -> "{\"type\":\"error\",\"errorText\":" + ending.getJsonObject("error").get("detail") + '}';
            case STOPPED -> "{\"type\":\"abort\"}";
            default -> "{\"type\":\"finish\"}";
        });
        chunks.add("[DONE]");
        return chunks;
    }

    private static String start(String run) {
        return "{\"type\":\"start\",\"messageId\":" + Json.quoted(run) + '}';
    }

    private static String textStart() {
        return "{\"type\":\"text-start\",\"id\":\"" + TEXT_ID + "\"}";
    }

    private static String delta(String text) {
        return "{\"type\":\"text-delta\",\"id\":\"" + TEXT_ID + "\",\"delta\":" + Json.quoted(text) + '}';
    }

    private static SseFrame joined(List<String> chunks) {
        SseFrame all = new SseFrame().data(chunks.get(0));
        chunks.stream().skip(1).forEach(chunk -> all.then(new SseFrame().data(chunk)));
        return all;
    }
}
