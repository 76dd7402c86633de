package io.pado.realtime.topic;

import io.pado.identity.Caller;
import io.pado.platform.json.Json;
import io.pado.platform.problem.ProblemException;
import io.pado.realtime.Envelope;
import io.pado.realtime.EventId;
import io.pado.realtime.Notice;
import io.pado.realtime.Topic;
import io.pado.realtime.hub.Join;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The JSON texts of the generic endpoints, the same over SSE, WebSocket and REST; {@code type} says what each is. */
public final class EventText {

    private EventText() {
    }

    /** @return {@code {"type":"event","id","topic","event","key","time","data"}}; without {@code key} if there is none */
    public static String of(Envelope envelope) {
        String key = envelope.key().isEmpty() ? "" : ",\"key\":" + Json.quoted(envelope.key());
        return "{\"type\":\"event\",\"id\":\"" + envelope.id() + "\",\"topic\":" + Json.quoted(envelope.topic().name()) + ",\"event\":"
                + Json.quoted(envelope.type()) + key + ",\"time\":\"" + envelope.time() + "\",\"data\":" + envelope.json() + '}';
    }

    /** @return {@code {"type","reason","detail","topics"}}, and its counts; without {@code topics} if it concerns all */
    public static String of(Notice notice) {
        String topics = notice.topics().isEmpty() ? "" : ",\"topics\":" + names(notice.topics());
        String counts = notice.counts().entrySet().stream().map(count -> "," + Json.quoted(count.getKey()) + ':' + count.getValue()).sorted()
                .collect(Collectors.joining());
        return "{\"type\":" + Json.quoted(notice.type()) + ",\"reason\":" + Json.quoted(notice.reason()) + ",\"detail\":"
                + Json.quoted(notice.detail()) + topics + counts + '}';
    }

    /**
     * How a join went.
     *
     * @param more further fields, each begun with a comma
     * @return {@code {"type":"joined","topics","recovered","gaps","epoch","id"}}
     */
    public static String joined(Join join, String more) {
        return "{\"type\":\"joined\",\"topics\":" + names(join.topics()) + ",\"recovered\":" + join.recovered() + ",\"gaps\":"
                + names(join.gaps()) + ",\"epoch\":\"" + join.start().epoch() + "\",\"id\":\"" + join.start() + '"' + more + '}';
    }

    /**
     * @param refused names of topics, and why they may not be read
     * @return the field {@code refused}, a list of {@code {"topic","problem"}}, begun with a comma; nothing if none was refused
     */
    public static String refused(Map<String, ProblemException> refused) {
        return refused.isEmpty() ? "" : refused.entrySet().stream().map(each -> "{\"topic\":" + Json.quoted(each.getKey())
                + ",\"problem\":" + Json.text(each.getValue().problem()) + '}').collect(Collectors.joining(",", ",\"refused\":[", "]"));
    }

    /** @return the fields {@code connectionId}, {@code userId} (left out without a token) and {@code roles}, each begun with a comma */
    public static String caller(String connectionId, Caller caller) {
        String user = caller.userId().isPresent() ? ",\"userId\":" + caller.userId().getAsLong() : "";
        return ",\"connectionId\":" + Json.quoted(connectionId) + user + ",\"roles\":" + texts(caller.roles());
    }

    /** @return the id as JSON text, {@code null} for an event that has none yet */
    public static String id(Optional<EventId> id) {
        return id.map(known -> Json.quoted(known.toString())).orElse("null");
    }

    /** @return sorted names, as a JSON array */
    public static String names(Collection<Topic> topics) {
        return texts(topics.stream().map(Topic::name).toList());
    }

    private static String texts(Collection<String> texts) {
        return texts.stream().sorted().map(Json::quoted).collect(Collectors.joining(",", "[", "]"));
    }
}
