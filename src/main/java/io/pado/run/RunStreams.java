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
import io.pado.realtime.stream.StreamPlace;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
     * Takes a place for the stream of a run that the current request is about to open. The caller closes it; a stream of a reader that is
     * {@link RunReader#in} it keeps it.
     *
     * @throws ProblemException 429 if there are too many streams, 503 if this node lets nobody in
     */
    public StreamPlace place(Caller caller, RunWire wire) {
        return streams.place(caller, wire);
    }

    /**
     * For a reader that has asked for the run itself, or again: all its events, if they are kept, else as {@link #resume} without a place.
     *
     * @param run as it was read after it was opened
     */
    public Response whole(RunReader reader, RunView run) {
        return isKept(run, 0) && !run.isRestored() ? open(reader, run, Start.EARLIEST, List.of(head(run))) : snapshot(reader, run);
    }

    /**
     * For a reader that comes back. One that has had the run's last event gets 204, after which a browser's {@code EventSource} does not come again.
     *
     * @param lastEventId what it had last; empty, or of no use, for the text so far in one piece, and then the rest
     */
    public Response resume(RunReader reader, RunView run, String lastEventId) {
        Optional<EventId> last = run.last();
        Optional<EventId> had = EventId.parse(lastEventId).filter(id -> last.isPresent() && last.get().epoch().equals(id.epoch()));
        if (had.isEmpty()) {
            return run.text().isEmpty() ? whole(reader, run) : snapshot(reader, run);
        }
        if (run.ending().isPresent() && had.get().sequence() >= last.get().sequence()) {
            return Response.noContent().build();
        }
        return isKept(run, had.get().sequence()) ? open(reader, run, Start.after(had.get()), List.of(head(run))) : snapshot(reader, run);
    }

    private Response snapshot(RunReader reader, RunView run) {
        List<SseFrame> frames = new ArrayList<>(List.of(head(run)));
        frames.addAll(reader.wire().snapshot(run));
        return run.ending().isEmpty() ? open(reader, run, run.place(), frames) : ended(reader, run, frames);
    }

    private static SseFrame head(RunView run) {
        return new SseFrame().comment("run " + run.id());
    }

    private Response ended(RunReader reader, RunView run, List<SseFrame> frames) {
        String json = run.fields().get("ended");
        frames.add(reader.wire().content(new Envelope(new EventId("none", 0), run.topic(), Ending.TYPE, run.id(), clock.instant(), json)));
        return streams.open(request(reader).greeting(stream -> endedAfter(stream, frames)));
    }

    private static List<SseFrame> endedAfter(OpenStream stream, List<SseFrame> frames) {
        stream.end();
        return frames;
    }

    private Response open(RunReader reader, RunView run, Start start, List<SseFrame> frames) {
        RunAudience audience = new RunAudience(reader, run);
        return streams.open(request(reader).hearing(audience).from(start).greeting(stream -> audience.greeting(stream, frames)));
    }

    private static StreamRequest request(RunReader reader) {
        return StreamRequest.of(reader.caller(), reader.wire()).in(reader.place());
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
