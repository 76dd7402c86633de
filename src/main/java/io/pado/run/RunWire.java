package io.pado.run;

import io.pado.realtime.CloseReason;
import io.pado.realtime.Envelope;
import io.pado.realtime.Notice;
import io.pado.realtime.sse.SseFrame;
import io.pado.realtime.sse.SseWire;
import io.pado.realtime.topic.EventText;
import java.util.List;

/** How one endpoint shows runs. A stream of one run is over with the run's last event. */
public abstract class RunWire extends SseWire {

    /** @return the first frames for a reader that gets the text so far in one piece, which may be empty */
    public abstract List<SseFrame> snapshot(RunView run);

    /** @return what the frame of an event holds, with whatever ends the stream after the run's last event; without its id */
    protected abstract SseFrame content(Envelope event);

    /** @return what a reader hears last who may not hear the run any more, though the run goes on */
    protected SseFrame lastWord(RunView run) {
        return frame(Notice.closing(CloseReason.RIGHTS_CHANGED));
    }

    @Override
    protected SseFrame frame(Envelope event) {
        return new SseFrame().id(event.id().toString()).with(content(event));
    }

    @Override
    protected SseFrame frame(Notice notice) {
        return new SseFrame().data(EventText.of(notice));
    }

    @Override
    public boolean ends(Envelope event) {
        return event.type().equals(Ending.TYPE);
    }
}
