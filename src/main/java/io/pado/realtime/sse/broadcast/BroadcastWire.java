package io.pado.realtime.sse.broadcast;

import io.pado.platform.json.Json;
import io.pado.realtime.Envelope;
import io.pado.realtime.Notice;
import io.pado.realtime.sse.SseFrame;
import io.pado.realtime.sse.SseWire;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.ws.rs.sse.OutboundSseEvent;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is broadcast, as it was given: name, id, delay, comment and data. An event without an id of its own gets the log's, by which readers come back. Notices
 * are comments, because clients of such a stream know nothing of them. Whatever else was published to the topic is told as it is.
 */
final class BroadcastWire extends SseWire {

    /** Of what is broadcast, in the log. */
    static final String TYPE = "sse";

    private static final String NAME = "name";
    private static final String ID = "id";
    private static final String DELAY = "delay";
    private static final String COMMENT = "comment";
    private static final String DATA = "data";

    /** @param data the event's, written; @return the event as the log keeps it */
    static String json(OutboundSseEvent event, String data) {
        JsonObjectBuilder json = jakarta.json.Json.createObjectBuilder();
        add(json, NAME, event.getName());
        add(json, ID, event.getId());
        add(json, COMMENT, event.getComment());
        if (event.isReconnectDelaySet()) {
            json.add(DELAY, event.getReconnectDelay());
        }
        add(json, DATA, event.getData() == null ? null : data);
        return json.build().toString();
    }

    /** @return whether the event has this id of its own */
    static boolean isCalled(String id, Envelope envelope) {
        return broadcast(envelope).map(event -> event.getString(ID, "")).filter(id::equals).isPresent();
    }

    /** @return what was broadcast; nothing if it was published to the topic in another way, which may have any form under any type */
    private static Optional<JsonObject> broadcast(Envelope envelope) {
        return envelope.type().equals(TYPE) ? Json.parseObject(envelope.json()).filter(BroadcastWire::isOne) : Optional.empty();
    }

    private static boolean isOne(JsonObject event) {
        return Stream.of(NAME, ID).allMatch(field -> isText(event, field) && event.getString(field, "").chars().noneMatch(c -> "\r\n\0".indexOf(c) >= 0))
                && isText(event, COMMENT) && isText(event, DATA)
                && (!event.containsKey(DELAY) || event.get(DELAY) instanceof JsonNumber delay && delay.isIntegral() && delay.longValue() >= 0);
    }

    private static boolean isText(JsonObject event, String field) {
        return !event.containsKey(field) || event.get(field) instanceof JsonString;
    }

    @Override
    protected SseFrame frame(Envelope envelope) {
        return broadcast(envelope).map(event -> frame(envelope, event))
                .orElseGet(() -> new SseFrame().id(envelope.id().toString()).event(envelope.type()).data(envelope.json()));
    }

    private static SseFrame frame(Envelope envelope, JsonObject event) {
        SseFrame frame = new SseFrame();
        if (event.containsKey(COMMENT)) {
            event.getString(COMMENT).lines().forEach(frame::comment);
        }
        frame.id(event.getString(ID, envelope.id().toString())).event(event.getString(NAME, ""));
        if (event.containsKey(DELAY)) {
            frame.retry(event.getJsonNumber(DELAY).longValue());
        }
        return event.containsKey(DATA) ? frame.data(event.getString(DATA)) : frame;
    }

    @Override
    protected SseFrame frame(Notice notice) {
        return new SseFrame().comment(notice.type() + ' ' + notice.reason());
    }

    private static void add(JsonObjectBuilder json, String name, String value) {
        if (value != null) {
            json.add(name, value);
        }
    }
}
