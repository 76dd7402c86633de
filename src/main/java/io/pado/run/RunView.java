package io.pado.run;

import io.pado.platform.json.Json;
import io.pado.realtime.EventId;
import io.pado.realtime.Start;
import io.pado.realtime.Topic;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A run as it is stored at one moment.
 *
 * @param id     its name
 * @param text   so far
 * @param fields of its state
 */
public record RunView(String id, String text, Map<String, String> fields) {

    /** Topics are separated by it in the state. */
    static final String SEPARATOR = " ";
    private static final Pattern NUMBER = Pattern.compile("\\d{1,16}");

    /** @return a run as its maker knows it */
    public static RunView of(RunRequest request, String text) {
        return new RunView(request.id(), text, fields(request));
    }

    public static Map<String, String> fields(RunRequest request) {
        return Map.of("kind", request.kind(), "owner", request.owner(), "address", request.address(), "room", request.room(), "content", request.content(),
                "about", request.about(), "also", request.also().stream().map(Topic::toString).sorted().collect(Collectors.joining(SEPARATOR)));
    }

    public Topic topic() {
        return RunTopics.of(id);
    }

    public String kind() {
        return field("kind");
    }

    /** @return whose it is; empty for nobody's */
    public String owner() {
        return field("owner");
    }

    public String room() {
        return field("room");
    }

    /** @return {@link RunRequest#about()} */
    public String about() {
        return field("about");
    }

    /** @return when it was opened, by Redis' clock */
    public Instant opened() {
        return Instant.ofEpochMilli(number("opened"));
    }

    /** @return where it is */
    public RunState state() {
        return Arrays.stream(RunState.values()).filter(state -> state.word().equals(field("state"))).findFirst().orElse(RunState.QUEUED);
    }

    /** @return its last event, if it has ended */
    public Optional<JsonObject> ending() {
        return Optional.ofNullable(fields.get("ended")).flatMap(Json::parseObject);
    }

    /** @return how it is to end, if its maker knew that */
    public Optional<String> conclusion() {
        return Optional.ofNullable(fields.get("conclusion"));
    }

    /** @return how many pieces of text there were so far */
    public int pieces() {
        return (int) number("pieces");
    }

    /** @return the place from which its events follow {@link #text()} without a gap */
    public Start place() {
        return last().map(Start::after).orElse(Start.EARLIEST);
    }

    /** @return whether somebody has asked for its end */
    public boolean isToStop() {
        return fields.containsKey("stop") || state() == RunState.STOPPED;
    }

    /** @return whether its events before {@link #place()} may be gone, for Redis had lost it once */
    boolean isRestored() {
        return fields.containsKey("restored");
    }

    /** @return the place of its last step; empty before the first */
    Optional<EventId> last() {
        return EventId.parse(field("epoch") + '-' + field("place"));
    }

    /** @return whether the same was asked for */
    public boolean isSame(RunRequest request) {
        return field("content").equals(request.content()) && kind().equals(request.kind());
    }

    public Set<Topic> also() {
        return Arrays.stream(field("also").split(SEPARATOR)).filter(name -> !name.isEmpty()).map(Topic::new).collect(Collectors.toSet());
    }

    public long number() {
        return number("number");
    }

    /** What a foreign hand has made no number of counts as none. */
    private long number(String name) {
        String text = field(name);
        return NUMBER.matcher(text).matches() ? Long.parseLong(text) : 0;
    }

    private String field(String name) {
        return fields.getOrDefault(name, "");
    }
}
