package io.pado.realtime.sse.broadcast;

import jakarta.enterprise.util.Nonbinding;
import jakarta.inject.Qualifier;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the topic of an injected {@link jakarta.ws.rs.sse.SseBroadcaster}. What is broadcast reaches the sinks that are registered with the broadcaster of
 * this topic on all nodes:
 *
 * <pre>{@code
 * @Inject
 * @BroadcastTopic("app:news")
 * private SseBroadcaster news;
 * }</pre>
 *
 * A node has one broadcaster for each topic, whoever has it injected.
 */
@Qualifier
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.METHOD})
public @interface BroadcastTopic {

    /** @return the topic's name; a policy must cover it */
    @Nonbinding
    String value();
}
