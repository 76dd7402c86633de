package io.pado.realtime.websocket.live;

import io.pado.platform.http.JsonBody;
import io.pado.platform.json.Json;
import io.pado.platform.problem.ProblemException;
import io.pado.platform.problem.ProblemMapper;
import io.pado.realtime.Start;
import io.pado.realtime.Topic;
import io.pado.realtime.Wire;
import io.pado.realtime.hub.Hub;
import io.pado.realtime.hub.Join;
import io.pado.realtime.hub.Subscriber;
import io.pado.realtime.hub.Subscription;
import io.pado.realtime.log.LogUnavailable;
import io.pado.realtime.stream.StreamConfig;
import io.pado.realtime.topic.EventText;
import io.pado.realtime.topic.Publishing;
import io.pado.realtime.topic.TopicAccess;
import io.pado.realtime.websocket.Dialogue;
import io.pado.realtime.websocket.Frames;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a client may ask for on {@code /live}. Each command is one JSON object with a {@code type}; its {@code ref}, any JSON value, comes
 * back with the answer. What cannot be done is answered with a problem, and the connection stays.
 */
@ApplicationScoped
public class LiveDialogue implements Dialogue {

    private static final int MAX_TOPICS = 100;
    private static final int MAX_NAME = 200;
    private static final int MAX_REF = 200;
    private static final int MAX_BYTES = 300 * 1024;
    private static final String EXAMPLE = "{\"type\":\"subscribe\",\"topics\":[\"app:news\"]}";

    @Inject
    private Hub hub;
    @Inject
    private TopicAccess access;
    @Inject
    private Publishing publishing;
    @Inject
    private LiveWire wire;
    @Inject
    private StreamConfig config;

    @Override
    public Wire wire() {
        return wire;
    }

    @Override
    public int maxBytes() {
        return MAX_BYTES;
    }

    @Override
    public void begin(Subscriber subscriber, HttpServletRequest handshake) {
        answer(subscriber, "{\"type\":\"welcome\",\"heartbeat\":" + config.heartbeatSeconds()
                + EventText.caller(subscriber.id(), subscriber.caller()) + '}');
    }

    @Override
    public void said(Subscriber subscriber, String text) {
        Optional<JsonObject> command = Json.parseObject(text);
        String given = command.map(object -> object.get("ref")).map(Object::toString).orElse("");
        if (given.length() > MAX_REF) {
            // It would come back with each topic.
            refuse(subscriber, "", ProblemException.invalid("ref", "may have " + MAX_REF + " characters as JSON"));
            return;
        }
        String ref = given.isEmpty() ? "" : ",\"ref\":" + given;
        try {
            JsonObject asked = command.orElseThrow(() -> ProblemException.badRequest("bad-json",
                    "A message must be one JSON object, such as " + EXAMPLE + '.'));
            run(subscriber, asked, ref);
        } catch (LogUnavailable unavailable) {
            refuse(subscriber, ref, away());
        } catch (RuntimeException failure) {
            refuse(subscriber, ref, ProblemMapper.problemOf(failure));
        }
    }

    private static ProblemException away() {
        return ProblemException.unavailable("Topics cannot be joined right now; try again in a few seconds.");
    }

    private static void refuse(Subscriber subscriber, String ref, String topic, ProblemException refusal) {
        refuse(subscriber, ref + ",\"topic\":" + Json.quoted(topic), refusal);
    }

    private static void refuse(Subscriber subscriber, String ref, ProblemException refusal) {
        answer(subscriber, "{\"type\":\"error\"" + ref + ",\"problem\":" + Json.text(refusal.problem()) + '}');
    }

    private void run(Subscriber subscriber, JsonObject command, String ref) {
        String type = command.get("type") instanceof JsonString text ? text.getString() : "";
        switch (type) {
            case "subscribe" -> subscribe(subscriber, command, ref);
            case "resume" -> resume(subscriber, command, ref);
            case "unsubscribe" -> unsubscribe(subscriber, command, ref);
            case "publish" -> publish(subscriber, command, ref);
            case "ping" -> answer(subscriber, "{\"type\":\"pong\"" + ref + '}');
            default -> throw ProblemException.badRequest("unknown-command",
                    "type must be subscribe, resume, unsubscribe, publish or ping.");
        }
    }

    private void subscribe(Subscriber subscriber, JsonObject command, String ref) {
        JsonBody fields = JsonBody.of(command);
        List<String> names = fields.texts("topics", 1, MAX_TOPICS, MAX_NAME);
        fields.check();
        Map<String, String> positions = new LinkedHashMap<>();
        names.forEach(name -> positions.put(name, ""));
        join(subscriber, positions, ref);
    }

    /** Each topic goes on at its own place, because topics on one connection may have begun at different times. */
    private void resume(Subscriber subscriber, JsonObject command, String ref) {
        if (!(command.get("positions") instanceof JsonObject given) || given.isEmpty() || given.size() > MAX_TOPICS
                || !given.values().stream().allMatch(JsonString.class::isInstance)) {
            throw ProblemException.invalid("positions", "must name topics and the id of the last event of each: {\"app:news\":\"k3x9-7\"}");
        }
        Map<String, String> positions = new LinkedHashMap<>();
        given.forEach((name, id) -> positions.put(name, ((JsonString) id).getString()));
        join(subscriber, positions, ref);
    }

    /** Each topic has an answer of its own, so that one that cannot be joined costs none of the others. */
    private void join(Subscriber subscriber, Map<String, String> positions, String ref) {
        TopicAccess.Readable readable = access.readable(positions.keySet(), subscriber.caller());
        readable.refused().forEach((name, why) -> refuse(subscriber, ref, name, why));
        boolean away = false;
        for (Map.Entry<String, String> position : positions.entrySet()) {
            if (!readable.refused().containsKey(position.getKey())) {
                // Once the log does not answer, nobody waits for it again.
                away = away || !joins(subscriber, position, ref);
                if (away) {
                    refuse(subscriber, ref, position.getKey(), away());
                }
            }
        }
    }

    /** @return whether the log answered */
    private boolean joins(Subscriber subscriber, Map.Entry<String, String> position, String ref) {
        try {
            join(subscriber, new Topic(position.getKey()), Start.after(position.getValue()), ref);
        } catch (LogUnavailable unavailable) {
            return false;
        } catch (ProblemException full) {
            refuse(subscriber, ref, position.getKey(), full);
        }
        return true;
    }

    /** Joins before it leaves: if it cannot be done, a topic that was heard goes on. What comes twice is before the answer. */
    private void join(Subscriber subscriber, Topic topic, Start start, String ref) {
        List<Subscription> before = subscriptions(subscriber, topic);
        if (subscriber.subscriptions().size() - before.size() >= MAX_TOPICS) {
            throw ProblemException.conflict("too-many-topics",
                    "You listen to " + MAX_TOPICS + " topics, the most that one connection may; unsubscribe from some first.");
        }
        Join join = hub.join(subscriber, Set.of(topic), start);
        before.forEach(hub::leave);
        answer(subscriber, EventText.joined(join, ref));
        join.begin();
    }

    private void unsubscribe(Subscriber subscriber, JsonObject command, String ref) {
        JsonBody fields = JsonBody.of(command);
        List<String> names = fields.texts("topics", 1, MAX_TOPICS, MAX_NAME);
        fields.check();
        List<Topic> left = subscriber.topics().stream().filter(topic -> names.contains(topic.name())).toList();
        left.forEach(topic -> subscriptions(subscriber, topic).forEach(hub::leave));
        answer(subscriber, "{\"type\":\"left\"" + ref + ",\"topics\":" + EventText.names(left) + '}');
    }

    private static List<Subscription> subscriptions(Subscriber subscriber, Topic topic) {
        return subscriber.subscriptions().stream().filter(subscription -> subscription.topics().contains(topic)).toList();
    }

    private void publish(Subscriber subscriber, JsonObject command, String ref) {
        String id = EventText.id(publishing.publish(subscriber.caller(), command));
        answer(subscriber, "{\"type\":\"published\"" + ref + ",\"id\":" + id + '}');
    }

    private static void answer(Subscriber subscriber, String json) {
        subscriber.send(Frames.text(json));
    }
}
