package io.pado.cafe.live;

import io.pado.cafe.CafePolicy;
import io.pado.cafe.CafeTopic;
import io.pado.platform.http.JsonBody;
import io.pado.platform.json.Json;
import io.pado.platform.problem.ProblemException;
import io.pado.realtime.Start;
import io.pado.realtime.Topic;
import io.pado.realtime.Wire;
import io.pado.realtime.hub.Hub;
import io.pado.realtime.hub.Join;
import io.pado.realtime.hub.Subscriber;
import io.pado.realtime.hub.Subscription;
import io.pado.realtime.log.LogUnavailable;
import io.pado.realtime.stream.LastEventId;
import io.pado.realtime.stream.StreamConfig;
import io.pado.realtime.websocket.Dialogue;
import io.pado.realtime.websocket.Frames;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is said on {@code /ws}. Whoever connects hears all events that the caller may hear, from now on or from a last id; nothing has to be
 * said first. What cannot be done is answered with a problem, and the connection stays.
 */
@ApplicationScoped
public class CafeDialogue implements Dialogue {

    private static final int MAX_BYTES = 16 * 1024;
    private static final int MAX_PATTERNS = 20;
    private static final int MAX_CHARACTERS = 100;
    private static final String EXAMPLE = "{\"action\":\"subscribe\",\"events\":[\"order:*\"]}";

    @Inject
    private Hub hub;
    @Inject
    private CafePolicy policy;
    @Inject
    private CafeWire wire;
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

    /** A client that says where it was, or that it was nowhere, is told how the join went; others get nothing but events. */
    @Override
    public void begin(Subscriber subscriber, HttpServletRequest handshake) {
        Optional<String> last = LastEventId.of(handshake);
        Set<Topic> topics = policy.heardBy(subscriber.caller()).stream().map(CafeTopic::topic).collect(Collectors.toSet());
        Join join = hub.join(subscriber, topics, Start.after(last.orElse("")));
        last.ifPresent(asked -> tell(subscriber, join));
        join.begin();
    }

    @Override
    public void said(Subscriber subscriber, String text) {
        try {
            JsonBody fields = JsonBody.parse(text, EXAMPLE);
            switch (fields.optionalText("action")) {
                case "resume" -> resume(subscriber, fields);
                case "subscribe" -> subscribe(subscriber, fields);
                case "ping" -> answer(subscriber, CafeText.pong());
                default -> throw ProblemException.badRequest("unknown-action", "action must be resume, subscribe or ping.");
            }
        } catch (ProblemException refused) {
            answer(subscriber, CafeText.error(refused.problem()));
        } catch (LogUnavailable away) {
            answer(subscriber, CafeText.error(
                    ProblemException.unavailable("Events cannot be joined right now; try again in a few seconds.").problem()));
        }
    }

    /** Joins before it leaves: if it cannot be done, the client goes on to hear what it heard. What it gets twice is before the answer. */
    private void resume(Subscriber subscriber, JsonBody fields) {
        String last = fields.optionalText("lastEventId");
        if (!fields.has("lastEventId")) {
            fields.wrong("lastEventId", "is missing; send the id of the last event that you got");
        }
        fields.check();
        List<Subscription> before = subscriber.subscriptions();
        Join join = hub.join(subscriber, subscriber.topics(), Start.after(last.strip()));
        before.forEach(hub::leave);
        tell(subscriber, join);
        join.begin();
    }

    /** What is heard already goes on where it is. */
    private void subscribe(Subscriber subscriber, JsonBody fields) {
        List<String> patterns = fields.texts("events", 1, MAX_PATTERNS, MAX_CHARACTERS);
        fields.check();
        Set<Topic> wanted = EventPatterns.topics(patterns, policy.heardBy(subscriber.caller()));
        Set<Topic> missing = without(wanted, subscriber.topics());
        Optional<Join> more = missing.isEmpty() ? Optional.empty() : Optional.of(hub.join(subscriber, missing, Start.NOW));
        Set<Topic> unwanted = without(subscriber.topics(), wanted);
        subscriber.subscriptions().forEach(subscription -> hub.leave(subscription, unwanted));
        answer(subscriber, CafeText.subscribed(wanted));
        more.ifPresent(Join::begin);
    }

    private void tell(Subscriber subscriber, Join join) {
        answer(subscriber, CafeText.joined(subscriber.id(), subscriber.caller(), join, config.heartbeatSeconds()));
    }

    private static Set<Topic> without(Set<Topic> topics, Set<Topic> others) {
        Set<Topic> rest = new HashSet<>(topics);
        rest.removeAll(others);
        return rest;
    }

    private static void answer(Subscriber subscriber, String json) {
        subscriber.send(Frames.text(json));
    }
}
