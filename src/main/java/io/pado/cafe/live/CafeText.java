package io.pado.cafe.live;

import io.pado.cafe.CafeTopic;
import io.pado.identity.Caller;
import io.pado.platform.json.Json;
import io.pado.platform.problem.Problem;
import io.pado.realtime.Envelope;
import io.pado.realtime.Notice;
import io.pado.realtime.Topic;
import io.pado.realtime.hub.Join;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Collectors;

/** The texts of {@code /ws} (spec system 2): {@code {"event","data"}}, and {@code id} where a client can go on from. */
public final class CafeText {

    private CafeText() {
    }

    /** @return {@code {"event","data","id"}} */
    public static String of(Envelope envelope) {
        return frame(envelope.type(), envelope.json(), envelope.id().toString());
    }

    /** @return the notice as an event, with {@code reason}, {@code detail}, its counts, and {@code events} unless it concerns all */
    public static String of(Notice notice) {
        String events = notice.topics().isEmpty() ? "" : ",\"events\":" + names(notice.topics());
        String counts = notice.counts().entrySet().stream().map(count -> "," + Json.quoted(count.getKey()) + ':' + count.getValue()).sorted()
                .collect(Collectors.joining());
        return frame(notice.type(), "{\"reason\":" + Json.quoted(notice.reason()) + ",\"detail\":" + Json.quoted(notice.detail()) + events
                + counts + '}');
    }

    /**
     * How a join went.
     *
     * @param connectionId what {@code POST /api/auth/streams/{connectionId}} takes
     * @param heartbeat    seconds between two pings of the server
     */
    public static String joined(String connectionId, Caller caller, Join join, int heartbeat) {
        String user = caller.userId().isPresent() ? ",\"userId\":" + caller.userId().getAsLong() : "";
        String data = "{\"connectionId\":" + Json.quoted(connectionId) + user + ",\"roles\":" + texts(caller.roles()) + ",\"recovered\":"
                + join.recovered() + ",\"gaps\":" + names(join.gaps()) + ",\"epoch\":\"" + join.start().epoch() + "\",\"heartbeat\":" + heartbeat
                + '}';
        return frame("joined", data, join.start().toString());
    }

    /** @return what is listened to now */
    public static String subscribed(Collection<Topic> topics) {
        return frame("subscribed", "{\"events\":" + names(topics) + '}');
    }

    /** @return the answer to a ping */
    public static String pong() {
        return frame("pong", "{}");
    }

    /** @return what could not be done, and why */
    public static String error(Problem problem) {
        return frame("error", Json.text(problem));
    }

    /** Topics are no word of clients: they know events. */
    private static String names(Collection<Topic> topics) {
        return texts(topics.stream().map(CafeTopic::of).flatMap(Optional::stream).map(CafeTopic::event).distinct().toList());
    }

    private static String texts(Collection<String> texts) {
        return texts.stream().sorted().map(Json::quoted).collect(Collectors.joining(",", "[", "]"));
    }

    private static String frame(String event, String data) {
        return "{\"event\":\"" + event + "\",\"data\":" + data + '}';
    }

    private static String frame(String event, String data, String id) {
        return "{\"event\":\"" + event + "\",\"data\":" + data + ",\"id\":\"" + id + "\"}";
    }
}
