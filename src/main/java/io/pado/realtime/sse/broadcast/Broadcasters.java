package io.pado.realtime.sse.broadcast;

import io.pado.realtime.Topic;
import io.pado.realtime.log.EventLog;
import io.pado.realtime.log.Publisher;
import io.pado.realtime.policy.TopicPolicies;
import io.pado.realtime.sse.SseStreams;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.sse.SseBroadcaster;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** This node's broadcasters, one for each topic that is asked for. */
@ApplicationScoped
public class Broadcasters {

    @Inject
    private SseStreams streams;
    @Inject
    private Publisher publisher;
    @Inject
    private EventLog log;
    @Inject
    private TopicPolicies policies;
    @Inject
    private HttpServletRequest request;

    private final Map<Topic, HubBroadcaster> all = new ConcurrentHashMap<>();

    /** The broadcaster itself and no proxy: its methods are called from any thread. */
    @Produces
    @Dependent
    @BroadcastTopic("")
    SseBroadcaster of(InjectionPoint asking) {
        BroadcastTopic named = asking.getQualifiers().stream().filter(BroadcastTopic.class::isInstance).map(BroadcastTopic.class::cast)
                .findFirst().orElseThrow();
        Topic topic = new Topic(named.value());
        policies.of(topic);
        return all.computeIfAbsent(topic, unknown -> new HubBroadcaster(topic, streams, publisher, log, new Bodies(request)));
    }
}
