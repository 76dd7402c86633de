package io.pado.run;

import io.pado.identity.Caller;
import io.pado.realtime.Envelope;
import io.pado.realtime.EventId;
import io.pado.realtime.EventLog;
import io.pado.realtime.LogUnavailable;
import io.pado.realtime.Start;
import io.pado.realtime.sse.OpenStream;
import io.pado.realtime.sse.SseFrame;
import io.pado.realtime.sse.SseStreams;
import io.pado.realtime.sse.StreamRequest;
import io.pado.platform.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Opens streams of one run. That the caller may hear it has been checked. */
@ApplicationScoped
public class RunStreams {

    @Inject
    private SseStreams streams;
    @Inject
    private EventLog log;
    @Inject
    private Clock clock;

    /**
     * For a reader that has asked for the run itself, or again: all its events, if they are kept, else as {@link #resume} without a place.
     *
     * @param run as it was read after it was opened
     */
    public Response whole(Caller caller, RunWire wire, RunView run) {
        boolean isKept = run.number() < RunTopics.HISTORY.events() && (run.ending().isEmpty() || isInLog(run));
        return isKept ? open(caller, wire, run, Start.EARLIEST, List.of(new SseFrame().comment("run " + run.id()))) : snapshot(caller, wire, run);
    }

    /**
     * For a reader that comes back.
     *
     * @param lastEventId what it had last; empty for the text so far in one piece, and then the rest
     */
    public Response resume(Caller caller, RunWire wire, RunView run, String lastEventId) {
        boolean isKept = !lastEventId.isEmpty() && (run.ending().isEmpty() || isInLog(run));
        return isKept ? open(caller, wire, run, Start.after(lastEventId), List.of(new SseFrame().comment("run " + run.id())))
                : snapshot(caller, wire, run);
    }

    private Response snapshot(Caller caller, RunWire wire, RunView run) {
        List<SseFrame> frames = new ArrayList<>(List.of(new SseFrame().comment("run " + run.id())));
        frames.addAll(wire.snapshot(run));
        return run.ending().isEmpty() ? open(caller, wire, run, run.place(), frames) : ended(caller, wire, run, frames);
    }

    private Response ended(Caller caller, RunWire wire, RunView run, List<SseFrame> frames) {
        String json = run.fields().get("ended");
        frames.add(wire.content(new Envelope(new EventId("none", 0), run.topic(), Ending.TYPE, run.id(), clock.instant(), json)));
        return streams.open(StreamRequest.of(caller, wire).greeting(stream -> endedAfter(stream, frames)));
    }

    private static List<SseFrame> endedAfter(OpenStream stream, List<SseFrame> frames) {
        stream.end();
        return frames;
    }

    private Response open(Caller caller, RunWire wire, RunView run, Start start, List<SseFrame> frames) {
        return streams.open(StreamRequest.of(caller, wire).hearing(any -> Set.of(run.topic())).from(start).greeting(stream -> frames));
    }

    private boolean isInLog(RunView run) {
        try {
            return log.tops(Set.of(run.topic())).tops().containsKey(run.topic());
        } catch (LogUnavailable away) {
            throw ProblemException.unavailable("Answers cannot be found right now; try again in a few seconds.");
        }
    }
}
