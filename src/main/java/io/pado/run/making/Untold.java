package io.pado.run.making;

import io.pado.platform.json.Json;
import io.pado.realtime.Publication;
import io.pado.realtime.Topic;
import io.pado.realtime.log.EventLog;
import io.pado.realtime.log.EventLog.StateStep;
import io.pado.run.RunRequest;
import io.pado.run.RunState;
import io.pado.run.RunTopics;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What a run has said, in its order, and the log does not have yet; and the whole text. Not thread-safe: guarded by its run. */
final class Untold {

    private final RunRequest request;
    private final String fence;
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder piece = new StringBuilder();
    private final List<Said> said = new ArrayList<>();
    private List<StateStep> taken = List.of();
    private int pieces;
    private long number;

    /** One event with what it changes. */
    private record Said(String type, String json, String text, Map<String, String> fields) {
    }

    /**
     * A piece of text.
     *
     * @param runId   the run
     * @param index   which piece, from 0
     * @param content the text
     */
    @JsonbPropertyOrder({"runId", "index", "content"})
    public record Piece(String runId, int index, String content) {
    }

    Untold(RunRequest request, String fence) {
        this.request = request;
        this.fence = fence;
    }

    void addText(String added) {
        text.append(added);
        piece.append(added);
    }

    /** Adds an event behind the text so far. */
    void add(String type, String json, Map<String, String> fields) {
        cut(true);
        said.add(new Said(type, json, "", fields));
    }

    /** Makes an event of the text that waits. @param whole whether half a character at its end goes with it */
    void cut(boolean whole) {
        int length = piece.length();
        if (length > 0 && !whole && Character.isHighSurrogate(piece.charAt(length - 1))) {
            length--;
        }
        if (length > 0) {
            String content = piece.substring(0, length);
            piece.delete(0, length);
            said.add(new Said("text", Json.text(new Piece(request.id(), pieces, content)), content,
                    Map.of("state", RunState.STREAMING.word(), "pieces", Integer.toString(pieces + 1))));
            pieces++;
        }
    }

    void clear() {
        said.clear();
        piece.setLength(0);
        taken = List.of();
    }

    /** @return steps to take; the same again until {@link #taken}. @param isOver whether no more text follows */
    List<StateStep> steps(boolean isOver, Function<Publication, EventLog.Entry> entries) {
        if (taken.isEmpty()) {
            cut(isOver);
            taken = said.stream().map(each -> step(each, entries)).toList();
            said.clear();
        }
        return taken;
    }

    /** The steps were done. @return what they were */
    List<StateStep> taken() {
        List<StateStep> done = taken;
        taken = List.of();
        return done;
    }

    boolean isEmpty() {
        return said.isEmpty() && taken.isEmpty() && piece.isEmpty();
    }

    String text() {
        return text.toString();
    }

    int length() {
        return text.length();
    }

    /** @return how many pieces of text there were */
    int pieces() {
        return pieces;
    }

    /** @return number of the last step that was stored for sure */
    long storedSteps() {
        return number - taken.size();
    }

    /** @return the text that was stored for sure */
    String storedText() {
        int open = piece.length() + taken.stream().mapToInt(step -> step.text().length()).sum() + said.stream().mapToInt(each -> each.text().length()).sum();
        return text.substring(0, text.length() - open);
    }

    private StateStep step(Said each, Function<Publication, EventLog.Entry> entries) {
        List<Topic> topics = new ArrayList<>(List.of(RunTopics.of(request.id())));
        topics.addAll(request.also());
        number++;
        return new StateStep("run:" + request.id(), fence, number,
                topics.stream().map(topic -> entries.apply(new Publication(topic, each.type(), request.id(), each.json(), ""))).toList(),
                each.text(), each.fields(), Run.KEPT);
    }
}
