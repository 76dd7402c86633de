package io.pado.run;

import io.pado.identity.Caller;
import io.pado.platform.problem.ProblemException;
import io.pado.realtime.Envelope;
import io.pado.realtime.EventId;
import io.pado.realtime.Start;
import io.pado.realtime.log.EventLog;
import io.pado.realtime.log.LogSlice;
import io.pado.realtime.log.LogUnavailable;
import io.pado.realtime.sse.OpenStream;
import io.pado.realtime.sse.SseFrame;
import io.pado.realtime.sse.SseStreams;
import io.pado.realtime.sse.StreamRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        return isKept(run, 0) && !run.isRestored() ? open(caller, wire, run, Start.EARLIEST, List.of(head(run))) : snapshot(caller, wire, run);
    }

    /**
     * For a reader that comes back. One that has had the run's last event gets 204, after which a browser's {@code EventSource} does not come again.
     *
     * @param lastEventId what it had last; empty, or of no use, for the text so far in one piece, and then the rest
     */
    public Response resume(Caller caller, RunWire wire, RunView run, String lastEventId) {
        Optional<EventId> last = run.last();
        Optional<EventId> had = EventId.parse(lastEventId).filter(id -> last.isPresent() && last.get().epoch().equals(id.epoch()));
        if (had.isEmpty()) {
            return run.text().isEmpty() ? whole(caller, wire, run) : snapshot(caller, wire, run);
        }
        if (run.ending().isPresent() && had.get().sequence() >= last.get().sequence()) {
            return Response.noContent().build();
        }
        return isKept(run, had.get().sequence()) ? open(caller, wire, run, Start.after(had.get()), List.of(head(run))) : snapshot(caller, wire, run);
    }

    private Response snapshot(Caller caller, RunWire wire, RunView run) {
        List<SseFrame> frames = new ArrayList<>(List.of(head(run)));
        frames.addAll(wire.snapshot(run));
        return run.ending().isEmpty() ? open(caller, wire, run, run.place(), frames) : ended(caller, wire, run, frames);
    }

    private static SseFrame head(RunView run) {
        return new SseFrame().comment("run " + run.id());
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

    /** @return whether all its events after a number are still there */
    private boolean isKept(RunView run, long sequence) {
        if (run.last().isEmpty()) {
            return true;
        }
        try {
            LogSlice after = log.read(Map.of(run.topic(), sequence), 1);
            boolean isThere = run.ending().isEmpty() || !after.events().isEmpty();
            return isThere && after.epoch().equals(run.last().get().epoch()) && !after.holes().contains(run.topic());
        } catch (LogUnavailable away) {
            throw ProblemException.unavailable("Answers cannot be found right now; try again in a few seconds.");
        }
    }
}
