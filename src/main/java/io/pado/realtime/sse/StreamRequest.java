package io.pado.realtime.sse;

import io.pado.identity.Caller;
import io.pado.realtime.Start;
import io.pado.realtime.Topic;
import io.pado.realtime.audience.Audience;
import io.pado.realtime.stream.StreamPlace;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * What a feature's stream is: who hears what, how it looks, how and where it begins. Made with {@link #of}, then changed by calls that each return a
 * copy:
 *
 * <pre>{@code
 * return streams.open(StreamRequest.of(caller, wire)
 *         .hearing(rooms::topicsOf)
 *         .greeting(stream -> List.of(connected(stream), initial(caller)))
 *         .from(resume));
 * }</pre>
 *
 * @param connectionId unique name of the connection
 * @param caller       who asks
 * @param wire         how the frames look
 * @param topics       what to listen to, if that is named once; the caller's right to read them has been checked
 * @param audience     what to listen to, if that may change while the stream is open; null if it does not
 * @param start        where the stream begins
 * @param greeting     gives the first events of the stream, one or more. It runs when the stream hears its topics already: what is read from a
 *                     store then and what is published after it leave no gap. It may wait for stores; if it throws, the request is answered by
 *                     that
 * @param place        taken before for this stream; null if it has none yet
 */
public record StreamRequest(String connectionId, Caller caller, SseWire wire, Set<Topic> topics, Audience audience, Start start,
        Function<OpenStream, List<SseFrame>> greeting, StreamPlace place) {

    /** @return a stream that hears nothing yet, begins now and greets with a comment */
    public static StreamRequest of(Caller caller, SseWire wire) {
        return new StreamRequest(UUID.randomUUID().toString(), caller, wire, Set.of(), null, Start.NOW,
                stream -> List.of(new SseFrame().comment("open")), null);
    }

    /** @param named the topics, for as long as the caller may read them; the caller's right to read them has been checked */
    public StreamRequest topics(Set<Topic> named) {
        return new StreamRequest(connectionId, caller, wire, named, null, start, greeting, place);
    }

    /** @param listening says what the caller hears: when the stream opens, and again after each change that {@link io.pado.realtime.audience.Audiences} is told */
    public StreamRequest hearing(Audience listening) {
        return new StreamRequest(connectionId, caller, wire, Set.of(), listening, start, greeting, place);
    }

    /** @param frames the first events */
    public StreamRequest greeting(Function<OpenStream, List<SseFrame>> frames) {
        return new StreamRequest(connectionId, caller, wire, topics, audience, start, frames, place);
    }

    /** @param taken the place that the stream will have */
    public StreamRequest in(StreamPlace taken) {
        return new StreamRequest(connectionId, caller, wire, topics, audience, start, greeting, taken);
    }

    /** @param resume where the reader was, as it says; without that it begins now */
    public StreamRequest from(ResumeQuery resume) {
        return from(Start.after(resume.lastEventId()));
    }

    /** @param begin where it begins */
    public StreamRequest from(Start begin) {
        return new StreamRequest(connectionId, caller, wire, topics, audience, begin, greeting, place);
    }
}
